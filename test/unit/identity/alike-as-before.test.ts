import { refKey, type SourceRecord } from '../../../lib';
import { contact, person, temporaryStores, type Walk } from './given';

const newStore = temporaryStores();

const ANN = { given: 'Ann', family: 'Hill', email: 'ann.hill@acorn.com' };

/** The record once more, newer, with something that nobody is recognised by. */
function promoted(record: SourceRecord): SourceRecord {
	const title = { value: 'Head of Sales', raw: 'Head of Sales', valid: true };
	return { ...record, version: '2', updatedAt: '2026-02-01T00:00:00.000Z', attributes: { ...record.attributes, job_title: [title] } };
}

async function evidenceAt({ store }: Walk): Promise<string[]> {
	return store.read(async (tx) => (await tx.evidence.scan(null, 99)).map(({ at }) => at));
}

async function titleOf(walk: Walk, place: string): Promise<unknown> {
	return (await walk.profiles()).find(({ records }) => records.some((ref) => refKey(ref) === refKey(contact(place))))?.attributes.job_title?.value;
}

test('a change of what nobody is recognised by goes into the profile and leaves the evidence as it is', async () => {
	const walk = await newStore();
	const first = person('crm:1', ANN);
	await walk.arrive(first, person('mail:1', { ...ANN, given: 'Anne' }));
	const before = await evidenceAt(walk);
	expect(before).toHaveLength(1);
	const [result] = await walk.arrive(promoted(first));
	expect(result).toMatchObject({ outcome: 'matched', changed: true, because: [{ with: contact('mail:1') }] });
	expect(await titleOf(walk, 'crm:1')).toBe('Head of Sales');
	expect(await evidenceAt(walk)).toEqual(before);
	expect(await walk.problems()).toEqual([]);
});

test.each([
	['nobody else is like it', [], 'new'],
	['a person is asked about it', [person('mail:1', { given: 'Ann', family: 'Hill', zip: '12345', born: '1980-02-01' })], 'review'],
] as const)('such a change of a record, where %s, is told as before', async (_name, others, outcome) => {
	const walk = await newStore();
	const first = person('crm:1', { given: 'Anna', family: 'Hill', zip: '12345', email: 'ann.hill@acorn.com' });
	await walk.arrive(...others, first);
	const [again] = await walk.arrive({ ...first, version: '2', updatedAt: '2026-02-01T00:00:00.000Z', attributes: { ...first.attributes, note: [{ value: 'called', valid: true }] } });
	expect(again?.outcome).toBe(outcome);
	expect(await walk.problems()).toEqual([]);
});

test('one batch may change what one record says and what another is recognised by, of one profile', async () => {
	const walk = await newStore();
	const [one, other] = [person('crm:1', ANN), person('mail:1', ANN)];
	await walk.arrive(one, other);
	const results = await walk.arrive(promoted(one), { ...person('mail:1', { given: 'Bob', family: 'Stone', email: 'bob@larkmill.com' }), version: '2', updatedAt: '2026-02-01T00:00:00.000Z' });
	expect(results.map(({ outcome }) => outcome)).toEqual(['new', 'new']);
	expect(results[0]?.canonicalId).not.toBe(results[1]?.canonicalId);
	expect(await titleOf(walk, 'crm:1')).toBe('Head of Sales');
	expect(await walk.problems()).toEqual([]);
});

test('a record that was deleted comes back with all that connects it, also when it says what it said', async () => {
	const walk = await newStore();
	const [one, other] = [person('crm:1', ANN), person('mail:1', ANN)];
	await walk.arrive(one, other);
	await walk.arrive({ ...one, deleted: true, version: '2', updatedAt: '2026-02-01T00:00:00.000Z' });
	const [back] = await walk.arrive({ ...one, version: '3', updatedAt: '2026-02-02T00:00:00.000Z' });
	expect(back?.outcome).toBe('matched');
	expect(await walk.problems()).toEqual([]);
});
