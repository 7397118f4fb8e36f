import { setTimeout as wait } from 'node:timers/promises';
import type { IDataObject } from 'n8n-workflow';
import { runNode } from './harness';
import { json, ready, sync } from './sync-runs';
import { Customer360Profile } from '../../nodes/Customer360Profile/Customer360Profile.node';

const OTHERS = 10;

/** Two customers of Stripe and ten others who are sent before them; the two become one while Stripe answers for the ten. */
async function mergedMeanwhile() {
	const given = await ready('stripe');
	const targets = new Map(json((await sync('stripe', given, { dryRun: true })).outputs[0]).map(({ canonicalId, targetId }) => [canonicalId as string, targetId as string]));
	const [...ids] = targets.keys();
	const two = ids.slice(OTHERS, OTHERS + 2);
	const [canonicalId = '', otherCanonicalId = ''] = two;
	const merge = async () => {
		const { outputs, error } = await runNode(Customer360Profile, { ...given.store, parameters: { operation: 'merge', canonicalId, otherCanonicalId } });
		if (error) throw error;
		return json(outputs[0])[0]?.canonicalId as string;
	};
	const named = async (canonicalIds: string[]) => {
		given.vendor.server.resetCalls();
		given.vendor.server.slowDown(2000);
		const running = sync('stripe', given, { what: 'items' }, { items: canonicalIds.map((canonicalId): { [key: string]: unknown } => ({ canonicalId })) });
		while (!('update customer' in given.vendor.server.calls())) await wait(20);
		const kept = await merge();
		given.vendor.server.slowDown(0);
		return { kept, ...(await running) };
	};
	return { others: ids.slice(0, OTHERS), two, targets, named };
}

const itemsOf = (pairedItem: unknown) => [pairedItem].flat().map((paired) => (paired as { item: number }).item);

// Which of the two IDs stays is the store's to say; the other one is what this is about.
test.each([0, 1])('a profile that becomes part of another one while the run sends comes out under the ID that it has then, with the item that named it (%i)', async (which) => {
	const { others, two, targets, named } = await mergedMeanwhile();
	const asked = two[which] as string;
	const { kept, outputs, error } = await named([...others, asked]);
	expect(error).toBeUndefined();
	const results = outputs.flat().filter(({ json: { canonicalId } }) => canonicalId === kept);
	expect(results.map(({ json: { targetId, status } }) => [targetId, status])).toContainEqual([targets.get(asked), 'synced']);
	for (const { pairedItem, json: result } of results) expect([itemsOf(pairedItem), Object.keys(result)]).toEqual([[OTHERS], expect.not.arrayContaining(['namedAs'])]);
	expect(outputs.flat()).toHaveLength(OTHERS + results.length);
});

test('where both were named, each of the two items hears of it', async () => {
	const { others, two, named } = await mergedMeanwhile();
	const { kept, outputs, error } = await named([...others, ...two]);
	expect(error).toBeUndefined();
	const heard = (index: number): IDataObject[] => outputs.flat().filter(({ pairedItem }) => itemsOf(pairedItem).includes(index)).map((item) => item.json);
	for (const index of [OTHERS, OTHERS + 1]) {
		expect(heard(index).length).toBeGreaterThan(0);
		for (const { canonicalId, status } of heard(index)) expect([canonicalId, status]).toEqual([kept, 'synced']);
	}
});
