import { explainSubjects, findProfiles, mergeProfiles, splitProfile } from '../../../lib/identity';
import type { NewPromise } from '../../../lib/store';
import { contact, NOW, person, temporaryStores, type Walk } from './given';

const newWalk = temporaryStores();
const AT = new Date(NOW).toISOString();

const ANN = { given: 'Ann', family: 'Hill', email: 'ann.hill@larkmill.com' };
const BOB = { given: 'Bob', family: 'Moss', email: 'bob@mossmill.com' };

const promise = (canonicalId: string, age: number, places: string[], aliases: string[] = []): NewPromise => ({
	...{ canonicalId, entity: 'person', age, aliases },
	records: places.map((place) => contact(place)),
});

async function given(...promises: NewPromise[]): Promise<Walk> {
	const walk = await newWalk();
	await walk.store.write((tx) => tx.promises.add(promises, AT));
	return walk;
}

async function leadsTo(walk: Walk, ...ids: string[]) {
	return walk.store.read(async (tx) => [...(await tx.profiles.byCanonicalId(ids))].map(([id, { canonicalId, empty }]) => `${id} > ${empty ? 'nobody' : canonicalId}`).sort());
}

test('a customer who comes again gets the ID that was issued before, with what led to it', async () => {
	const walk = await given(promise('per_ANN', 5, ['crm:1', 'mail:1'], ['per_OLD']));
	await walk.arrive(person('crm:1', ANN), person('crm:2', BOB));
	expect(await walk.idOf('crm:1')).toBe('per_ANN');
	expect(await walk.idOf('crm:2')).not.toMatch(/ANN|OLD/);
	await walk.arrive(person('mail:1', ANN));
	expect(await walk.idOf('mail:1')).toBe('per_ANN');
	expect(await leadsTo(walk, 'per_OLD', 'per_ANN')).toEqual(['per_ANN > per_ANN', 'per_OLD > per_ANN']);
	expect(await walk.store.read((tx) => tx.promises.any())).toBe(false);
	expect(await walk.problems()).toEqual([]);
});

test('so does a first load', async () => {
	const walk = await given(promise('per_ANN', 5, ['crm:1'], ['per_OLD']), promise('per_ALSO_ANN', 4, ['mail:1']), promise('per_BOB', 3, ['crm:2']));
	await walk.load([[person('crm:1', ANN), person('mail:1', ANN)], [person('crm:2', BOB)]]);
	await walk.build();
	expect([await walk.idOf('crm:1'), await walk.idOf('crm:2')]).toEqual(['per_ALSO_ANN', 'per_BOB']);
	expect(await leadsTo(walk, 'per_OLD', 'per_ANN')).toEqual(['per_ANN > per_ALSO_ANN', 'per_OLD > per_ALSO_ANN']);
	expect(await walk.problems()).toEqual([]);
});

test('of several IDs that were promised to one customer the oldest stays, whatever its records are called', async () => {
	const walk = await given(promise('per_A', 9, ['crm:1']), promise('per_B', 7, ['mail:1']), promise('per_C', 8, ['support:1']));
	await walk.arrive(person('crm:1', ANN), person('mail:1', ANN), person('support:1', ANN));
	expect(await walk.idOf('crm:1')).toBe('per_B');
	expect(await leadsTo(walk, 'per_A', 'per_C')).toEqual(['per_A > per_B', 'per_C > per_B']);
	expect(await walk.problems()).toEqual([]);
});

test('a customer who joins one that is there leaves a retired ID, of which the change feed tells; apart again, the ID is back', async () => {
	const walk = await given(promise('per_ANN', 5, ['mail:1'], ['per_OLD']));
	await walk.arrive(person('crm:1', ANN));
	const id = await walk.idOf('crm:1');
	await walk.arrive(person('mail:1', ANN));
	expect(await walk.idOf('mail:1')).toBe(id);
	expect(await leadsTo(walk, 'per_ANN', 'per_OLD')).toEqual([`per_ANN > ${id}`, `per_OLD > ${id}`]);
	expect((await walk.events('profile.merged')).map(({ canonicalId, data }) => [canonicalId, data])).toEqual([[id, { retired: ['per_ANN'] }]]);
	expect(await walk.problems()).toEqual([]);
	await walk.decide('different', 'crm:1', 'mail:1');
	expect([await walk.idOf('crm:1'), await walk.idOf('mail:1')]).toEqual([id, 'per_ANN']);
	expect(await leadsTo(walk, 'per_OLD')).toEqual(['per_OLD > per_ANN']);
	expect(await walk.problems()).toEqual([]);
});

test('where a profile comes apart, the part to which another ID was promised leaves the ID to the others, though it is the larger one', async () => {
	const walk = await given(promise('per_BOTH', 5, ['crm:1', 'mail:1']));
	await walk.arrive(person('support:1', ANN));
	const id = await walk.idOf('support:1');
	await walk.arrive(person('crm:1', ANN), person('mail:1', ANN));
	await walk.store.write((tx) => splitProfile(tx, id, [contact('support:1')], walk.context()));
	await walk.build();
	expect([await walk.idOf('support:1'), await walk.idOf('crm:1'), await walk.idOf('mail:1')]).toEqual([id, 'per_BOTH', 'per_BOTH']);
	expect(await walk.problems()).toEqual([]);
});

test('so it has it who had left another customer before the backup, too', async () => {
	const walk = await newWalk();
	await walk.arrive(person('crm:1', ANN), person('mail:2', BOB), person('support:2', BOB));
	await walk.arrive(person('mail:2', {}, { version: '2', updatedAt: '2026-02-01T00:00:00.000Z', deleted: true }));
	await walk.store.write((tx) => tx.promises.add([promise('per_LATER', 5, ['mail:2'])], AT));
	const [ann, bob] = [await walk.idOf('crm:1'), await walk.idOf('support:2')];
	await walk.arrive(person('mail:2', ANN, { version: '3', updatedAt: '2026-02-02T00:00:00.000Z' }));
	expect(await leadsTo(walk, 'per_LATER', ann, bob)).toEqual([`per_LATER > ${ann}`, `${ann} > ${ann}`, `${bob} > ${bob}`].sort());
	await walk.decide('different', 'crm:1', 'mail:2');
	expect([await walk.idOf('crm:1'), await walk.idOf('mail:2')]).toEqual([ann, 'per_LATER']);
	expect(await walk.problems()).toEqual([]);
});

test('a retired ID goes along when its records leave for another profile', async () => {
	const walk = await given(promise('per_ANN', 5, ['mail:1']));
	await walk.arrive(person('crm:1', ANN), person('crm:2', BOB));
	await walk.arrive(person('mail:1', ANN));
	await walk.arrive(person('mail:1', BOB, { version: '2', updatedAt: '2026-02-01T00:00:00.000Z' }));
	expect(await walk.idOf('mail:1')).toBe(await walk.idOf('crm:2'));
	expect(await leadsTo(walk, 'per_ANN')).toEqual([`per_ANN > ${await walk.idOf('crm:2')}`]);
	expect(await walk.problems()).toEqual([]);
});

test('what was a person and comes again as a company gets a new ID, to which the promised one leads', async () => {
	const walk = await given(promise('per_ANN', 5, ['crm:1']));
	await walk.arrive(person('crm:2', BOB));
	const bob = await walk.idOf('crm:2');
	await walk.store.write((tx) => tx.promises.place([{ ...contact('mail:1'), canonicalId: bob }], AT));
	await walk.arrive({ ...person('crm:1', { ...ANN, company: 'Lark Mill' }), kind: 'company' }, { ...person('mail:1', { email: 'x@moss.com', company: 'Moss Mill' }), kind: 'company' });
	expect(await walk.idOf('crm:1')).toMatch(/^com_/);
	expect(await leadsTo(walk, 'per_ANN')).toEqual([`per_ANN > ${await walk.idOf('crm:1')}`]);
	expect(await walk.idOf('mail:1')).toMatch(/^com_/);
	expect(await walk.problems()).toEqual([]);
});

test('a record that had the ID of a profile which is empty by now brings it back', async () => {
	const walk = await newWalk();
	await walk.arrive(person('crm:1', ANN));
	const id = await walk.idOf('crm:1');
	await walk.store.write((tx) => tx.promises.place([{ ...contact('mail:1'), canonicalId: id }], AT));
	await walk.arrive(person('crm:1', {}, { version: '2', updatedAt: '2026-02-01T00:00:00.000Z', deleted: true }));
	expect(await leadsTo(walk, id)).toEqual([`${id} > nobody`]);
	await walk.arrive(person('mail:1', BOB));
	expect(await walk.idOf('mail:1')).toBe(id);
	expect(await walk.problems()).toEqual([]);
});

test('an ID whose records were all deleted meanwhile leads to an empty profile', async () => {
	const walk = await given(promise('per_ANN', 5, ['crm:1', 'mail:1']));
	await walk.arrive(person('crm:1', ANN, { deleted: true }));
	expect(await leadsTo(walk, 'per_ANN')).toEqual([]);
	await walk.arrive(person('mail:1', ANN, { deleted: true }));
	expect(await leadsTo(walk, 'per_ANN')).toEqual(['per_ANN > nobody']);
	expect(await walk.problems()).toEqual([]);
	await walk.arrive(person('mail:1', ANN, { version: '2', updatedAt: '2026-02-01T00:00:00.000Z' }));
	expect(await walk.idOf('mail:1')).toBe('per_ANN');
	expect(await walk.problems()).toEqual([]);
});

test('a customer to whom an ID is promised has it also after being away, with the one from since then leading there', async () => {
	const walk = await given(promise('per_ANN', 5, ['mail:1']));
	await walk.arrive(person('crm:1', ANN));
	const id = await walk.idOf('crm:1');
	await walk.arrive(person('mail:1', ANN));
	const gone = { version: '2', updatedAt: '2026-02-01T00:00:00.000Z', deleted: true };
	await walk.arrive(person('crm:1', {}, gone), person('mail:1', {}, gone));
	expect(await leadsTo(walk, id, 'per_ANN')).toEqual([`${id} > nobody`, 'per_ANN > nobody'].sort());
	await walk.arrive(person('mail:1', ANN, { version: '3', updatedAt: '2026-02-02T00:00:00.000Z' }));
	expect(await leadsTo(walk, id, 'per_ANN')).toEqual([`${id} > ${id}`, `per_ANN > ${id}`].sort());
	expect(await walk.problems()).toEqual([]);
});

test('until its records come, whoever asks for it is told what it waits for', async () => {
	const walk = await given(promise('per_ANN', 5, ['mail:1', 'mail:2', 'mail:3', 'mail:4', 'mail:5', 'mail:6', 'mail:7'], ['per_OLD']));
	await walk.arrive(person('crm:1', BOB));
	const words = /^The canonical ID per_ANN was issued before this store went back to a backup, and waits for its records to be read again: mail:contact:1, .*mail:contact:5 and 2 more\. Its profile comes back/;
	const find = (value: string) => walk.store.read((tx) => findProfiles(tx, { by: 'canonical_id', value }, 'US'));
	await expect(find('per_ANN')).rejects.toThrow(words);
	await expect(find('per_OLD')).rejects.toThrow(/^The canonical ID per_OLD, which leads to per_ANN, was issued before/);
	expect(await find('per_NOBODY')).toEqual([]);
	const model = await walk.store.read((tx) => tx.models.current());
	await expect(walk.store.read((tx) => explainSubjects(tx, 'crm:contact:1', 'per_ANN', model!))).rejects.toThrow(words);
	const id = await walk.idOf('crm:1');
	await expect(walk.store.write((tx) => mergeProfiles(tx, id, 'per_ANN', walk.context()))).rejects.toThrow(words);
});

test('check finds a promised ID that somebody else goes by, and one that waits for nothing', async () => {
	const walk = await given(promise('per_NOTHING', 6, []));
	await walk.arrive(person('crm:1', ANN));
	const id = await walk.idOf('crm:1');
	await walk.store.write((tx) => tx.promises.add([promise(id, 5, ['mail:1'])], AT));
	expect(await walk.problems()).toEqual([
		{ invariant: 'promised IDs are kept', subject: id, detail: 'is promised to records, and a profile goes by it' },
		{ invariant: 'promised IDs are kept', subject: 'per_NOTHING', detail: 'is promised, leads nowhere and waits for no record' },
	]);
});
