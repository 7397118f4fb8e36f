import type { INodeParameters } from 'n8n-workflow';
import { runNode } from './harness';
import { HANNAH, LAURA, OTHER_LAURA, profileDesk, recordsOf, ROBERT } from './profile-desk';
import { temporaryStore } from './temporary-store';
import { fill, startVendor, SYSTEM_NAMES } from './vendors';
import { Customer360Profile } from '../../nodes/Customer360Profile/Customer360Profile.node';

const { store, profile, byRecord } = profileDesk();

describe('Merge and Split', () => {
	let [keep, other] = ['', ''];
	beforeAll(async () => {
		[keep, other] = [(await byRecord(LAURA)).canonicalId, (await byRecord(OTHER_LAURA)).canonicalId];
	});

	test('a merge gives the profile that came of it, under the older ID; the other one leads to it', async () => {
		const { items } = await profile({ operation: 'merge', canonicalId: other, otherCanonicalId: keep, reason: 'same passport', actor: 'ann.miller' });
		expect(items).toEqual([expect.objectContaining({ canonicalId: keep, aliases: [other] })]);
		expect(recordsOf(items[0])).toEqual(expect.arrayContaining([LAURA, OTHER_LAURA]));
		const again = await profile({ operation: 'get', findBy: 'canonical_id', canonicalId: other });
		expect(again.items.map(({ canonicalId }) => canonicalId)).toEqual([keep]);
	});

	test('the explanation names who decided, and why', async () => {
		const { items } = await profile({ operation: 'explain', firstRecord: LAURA, secondRecord: OTHER_LAURA });
		expect(items[0]?.sentence).toMatch(/^These two records are one profile: ann\.miller decided "same" \(same passport\)\. By what they say alone: match weight /);
	});

	test('merging once more changes nothing and says so', async () => {
		const { error } = await profile({ operation: 'merge', canonicalId: keep, otherCanonicalId: other });
		expect(error?.message).toBe(`${keep} and ${other} are one profile already. Nothing was changed.`);
	});

	test('a split gives both profiles, each with its records, and the records do not come back', async () => {
		const { items } = await profile({ operation: 'split', canonicalId: keep, records: `${OTHER_LAURA},` });
		expect(items).toHaveLength(2);
		const [stayed, left] = [items.find(({ canonicalId }) => canonicalId === keep), items.find(({ canonicalId }) => canonicalId !== keep)];
		expect(recordsOf(stayed)).toEqual(expect.arrayContaining([LAURA]));
		expect(recordsOf(left)).toEqual([OTHER_LAURA]);
		const { items: explained } = await profile({ operation: 'explain', firstRecord: LAURA, secondRecord: OTHER_LAURA });
		expect(explained[0]?.sentence).toMatch(/^These two records are two profiles: workflow Test decided "different"\. By what they say alone: /);
	});

	test('a split gives every profile that came of it, also one of what only the records taken out had held', async () => {
		const own = temporaryStore();
		for (const system of SYSTEM_NAMES) await fill(own, system, await startVendor(system));
		const run = async (parameters: INodeParameters) => (await runNode(Customer360Profile, { ...own, parameters })).outputs[0]?.map(({ json }) => json) ?? [];
		const [hannah] = await run({ operation: 'get', findBy: 'record', record: HANNAH });
		const parts = (await run({ operation: 'split', canonicalId: hannah?.canonicalId as string, records: HANNAH })).map(recordsOf);
		expect(parts).toHaveLength(3);
		expect(parts).toContainEqual([HANNAH]);
		expect(parts.flat().sort()).toEqual(recordsOf(hannah).sort());
	});

	test.each<[string, () => Promise<INodeParameters>, RegExp]>([
		[
			'a merge with an ID that does not exist',
			async () => ({ operation: 'merge', canonicalId: keep, otherCanonicalId: 'per_nonsense' }),
			/There is no profile per_nonsense\. Copy the canonical ID/,
		],
		[
			'a merge of a person with a company',
			async () => ({ operation: 'merge', canonicalId: keep, otherCanonicalId: (await byRecord('hubspot:company:9001')).canonicalId }),
			/is a person and com_\S+ is a company; only two of a kind can be merged/,
		],
		[
			'a split of a stranger\'s record',
			async () => ({ operation: 'split', canonicalId: keep, records: ROBERT }),
			/The record hubspot:contact:1001 is not part of per_\S+\. It has: hubspot:contact:1010/,
		],
		[
			'a split that leaves nothing',
			async () => ({ operation: 'split', canonicalId: (await byRecord(OTHER_LAURA)).canonicalId, records: OTHER_LAURA }),
			/at least one record to take out and one to stay\. Nothing was changed/,
		],
		['a split without a record', async () => ({ operation: 'split', canonicalId: keep, records: '={{ " , " }}' }), /at least one record to take out/],
	])('%s is an error and changes nothing', async (_what, parameters, message) => {
		const before = await (await store.open()).read((tx) => tx.events.lastSeq());
		const { error } = await profile(await parameters());
		expect(error).toMatchObject({ name: 'NodeOperationError', message: expect.stringMatching(message), context: { itemIndex: 0 } });
		expect(await (await store.open()).read((tx) => tx.events.lastSeq())).toBe(before);
	});
});
