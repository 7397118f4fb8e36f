import { countWrites } from '../../../lib/activate';
import type { Profile } from '../../../lib/domain';

const profile = (canonicalId: string, ...sourceIds: string[]): Profile => ({
	...{ canonicalId, entity: 'person', createdAt: '', updatedAt: '', revision: 1, companies: [], household: [], aliases: [], attributes: {}, identifiers: [], consent: {}, metrics: {} },
	...{ segments: [], records: sourceIds.map((sourceId) => ({ system: 'crm', object: 'contact', sourceId })) },
});
const id = { source: 'canonical_id', target: 'c360_id', label: 'ID', type: 'text' as const };
const crm = (tags: boolean) => [{ system: 'crm', object: 'contact', definition: { entity: 'person' as const, tags, defaultFields: [id] } }];
const healthy = [{ name: 'healthy', reason: '' }];

test.each([
	{ title: 'records whose canonical ID becomes another one', before: [profile('p1', '1'), profile('p2', '2', '3')], after: [profile('p1', '1', '2', '3')], tags: false, writes: { 'crm:contact': 2 } },
	{ title: 'nothing when nothing changes', before: [profile('p1', '1')], after: [profile('p1', '1')], tags: true, writes: {} },
	{ title: 'segments where the destination has tags', before: [profile('p1', '1')], after: [{ ...profile('p1', '1'), segments: healthy }], tags: true, writes: { 'crm:contact': 1 } },
	{ title: 'no segments where it has none', before: [profile('p1', '1')], after: [{ ...profile('p1', '1'), segments: healthy }], tags: false, writes: {} },
])('counts $title', ({ before, after, tags, writes }) => {
	expect(countWrites(crm(tags), before, after)).toEqual(writes);
});
