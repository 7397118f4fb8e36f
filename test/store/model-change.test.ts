import type { IdentityModel } from '../../lib/domain';
import { saveModel } from '../../lib/identity';
import { NOW, person, strictModel, Walk } from '../unit/identity/given';
import { describeStore } from './describe-store';
import { content, records } from './matched-records';

const model = strictModel();
const withPerson = (change: Partial<IdentityModel['matching']['person']>): IdentityModel => ({ ...model, matching: { ...model.matching, person: { ...model.matching.person, ...change } } });

const CHANGES: [string, IdentityModel][] = [
	['another threshold', withPerson({ thresholds: { match: 12, review: 6 } })],
	['fewer blocking rules', withPerson({ blocking: model.matching.person.blocking.slice(1) })],
	['a value that is blocked', { ...model, blockedValues: [{ kind: 'email', value: 'ann@acorn-mail.com' }] }],
	['values that more may share', strictModel(9, 9)],
	['values that fewer may share', strictModel(1, 1)],
];

/** All that matching has made; who has which ID and what happened on the way depend on what was before. */
async function matched(walk: Walk): Promise<unknown> {
	const { profiles: _profiles, events: _events, evidence, ...others } = await content(walk);
	return { ...others, evidence: evidence.map(({ modelVersion: _version, ...line }) => line), clusters: await walk.clusters() };
}

async function decidedAbout(walk: Walk): Promise<void> {
	await walk.decide('different', 'crm:ann', 'mail:ann');
	await walk.decide('same', 'crm:maybe-1', 'billing:maybe-2');
	await walk.decide('different', 'crm:desk-1', 'crm:desk-2');
}

describeStore('a model that takes the place of another one', (newStore) => {
	test.each(CHANGES.flatMap(([what, other]) => [[what, 'at once', Infinity, other], [what, 'in pages, where there is no room for all at once,', 0, other]] as const))('with %s leaves %s what matching by it from the beginning leaves, to the last key and line of evidence', async (_, __, room, other) => {
		const [changed, fresh] = [new Walk(await newStore()), new Walk(await newStore())];
		for (const [walk, first] of [[changed, model], [fresh, other]] as const) {
			await saveModel(walk.store, first, 'test', NOW - 1000);
			await walk.match(...records);
			// Says no more than others of its kind, when it is there no longer.
			await walk.match(person('mail:ann', { email: 'ann@acorn-mail.com' }, { deleted: true, version: '2' }));
			await decidedAbout(walk);
		}
		const before = await matched(changed);
		await saveModel(changed.store, other, 'test', changed.now(), { room });
		await changed.build();
		const after = await matched(changed);
		expect(after).toEqual(await matched(fresh));
		expect(after).not.toEqual(before);
		expect(await changed.problems()).toEqual([]);
		await saveModel(changed.store, model, 'test', changed.now(), { room });
		await changed.build();
		expect(await matched(changed)).toEqual(before);
		expect(await changed.problems()).toEqual([]);
	});
});
