import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { readFileSync, writeFileSync } from 'node:fs';
import { FirstLoad, goBack, type TakenOver, undoDecision } from '../../../lib/identity';
import { closeAllStores, openStore } from '../../../lib/store';
import { ledgerEntry } from '../../store/samples';
import { contact, person, SYSTEMS, temporaryStores, Walk } from './given';

const newWalk = temporaryStores();
/** Each time a minute later. */
let minutes = 0;
const later = () => new Date(Date.parse('2026-03-11T08:00:00.000Z') + (minutes += 1) * 60_000);
const CLEAN = { ids: 0, records: 0, decisions: 0, ledger: 0 };

const ANN = { given: 'Ann', family: 'Hill', email: 'ann.hill@larkmill.com' };
const BOB = { given: 'Bob', family: 'Moss', email: 'bob@mossmill.com' };
const EVE = { given: 'Eve', family: 'Marsh', email: 'eve@marshmail.com' };

/** A store that was backed up after `before`, and went on with `since`. */
async function backedUp(before: (walk: Walk) => Promise<unknown>, since: (walk: Walk) => Promise<unknown>): Promise<{ file: string; backup: string }> {
	const walk = await newWalk();
	await before(walk);
	const file = walk.store.location;
	const backup = join(dirname(file), 'backup.sqlite');
	await walk.store.backup(backup);
	await since(walk);
	await closeAllStores();
	return { file, backup };
}

async function restored({ file, backup }: { file: string; backup: string }, what?: Parameters<typeof goBack>[3]): Promise<{ walk: Walk; taken: TakenOver }> {
	const { takenOver } = await goBack(backup, file, later(), what);
	const walk = new Walk(await openStore({ file }));
	expect(await walk.problems()).toEqual([]);
	return { walk, taken: takenOver as TakenOver };
}

const leads = (walk: Walk, id: string) => walk.store.read(async (tx) => (await tx.profiles.byCanonicalId([id])).get(id));

test('who was new since the backup gets the same ID again, and until then everybody is told what it waits for', async () => {
	let id = '';
	const places = await backedUp(
		(walk) => walk.arrive(person('crm:1', ANN)),
		async (walk) => {
			await walk.arrive(person('crm:2', BOB), person('mail:2', BOB));
			id = await walk.idOf('crm:2');
		},
	);
	const { walk, taken } = await restored(places);
	expect(taken).toMatchObject({ ids: { waiting: 1, leading: 0, empty: 0 }, answers: 0, acknowledgements: 0, faults: [], unread: CLEAN, hadLaterModel: false });
	expect(await walk.clusters()).toEqual(['crm:1']);
	expect(await walk.store.read((tx) => tx.promises.awaited([id], 5))).toEqual(new Map([[id, { canonicalId: id, records: [contact('crm:2'), contact('mail:2')], total: 2 }]]));
	await walk.arrive(person('crm:2', BOB));
	expect(await walk.idOf('crm:2')).toBe(id);
	expect(await walk.problems()).toEqual([]);
});

test('an ID that was retired since, one whose records moved since, and one without records lead somewhere at once', async () => {
	const ids: Record<string, string> = {};
	const places = await backedUp(
		(walk) => walk.arrive(person('crm:1', ANN), person('mail:1', ANN), person('crm:9', EVE)),
		async (walk) => {
			const ann = await walk.idOf('crm:1');
			await walk.arrive(person('crm:3', BOB));
			ids['gone'] = await walk.idOf('crm:3');
			await walk.arrive(person('crm:3', {}, { version: '2', updatedAt: '2026-02-01T00:00:00.000Z', deleted: true }));
			await walk.arrive(person('support:5', { ...BOB, phone: '+12125550100' }));
			ids['five'] = await walk.idOf('support:5');
			await walk.decide('same', 'support:5', 'crm:9');
			await walk.decide('different', 'crm:1', 'mail:1');
			ids['part'] = await walk.idOf('mail:1');
			expect(ids['part']).not.toBe(ann);
		},
	);
	const { walk, taken } = await restored(places, 'all but answers');
	expect(taken.answers).toBeUndefined();
	expect((await leads(walk, ids['gone'] ?? ''))?.empty).toBe(true);
	expect((await leads(walk, ids['five'] ?? ''))?.canonicalId).toBe(await walk.idOf('crm:9'));
	expect((await leads(walk, ids['part'] ?? ''))?.canonicalId).toBe(await walk.idOf('crm:1'));
	expect(taken.ids).toMatchObject({ waiting: 0, leading: 2, empty: 1 });
});

test('who was deleted, before the backup or since, is known again when the records come back', async () => {
	const ids: string[] = [];
	const gone = { version: '2', updatedAt: '2026-02-01T00:00:00.000Z', deleted: true };
	const places = await backedUp(
		async (walk) => {
			await walk.arrive(person('crm:1', ANN), person('crm:2', BOB));
			ids.push(await walk.idOf('crm:1'), await walk.idOf('crm:2'));
			await walk.arrive(person('crm:1', {}, gone));
		},
		async (walk) => {
			await walk.arrive(person('crm:3', EVE), person('crm:2', {}, gone));
			ids.push(await walk.idOf('crm:3'));
			await walk.arrive(person('crm:3', {}, gone));
		},
	);
	const { walk, taken } = await restored(places);
	expect(taken.ids).toMatchObject({ waiting: 0, leading: 0, empty: 1 });
	await walk.arrive(person('crm:2', {}, gone), person('crm:3', {}, gone));
	const back = { version: '3', updatedAt: '2026-02-02T00:00:00.000Z' };
	await walk.arrive(person('crm:1', ANN, back), person('crm:2', BOB, back), person('crm:3', EVE, back));
	expect([await walk.idOf('crm:1'), await walk.idOf('crm:2'), await walk.idOf('crm:3')]).toEqual(ids);
	expect(await walk.problems()).toEqual([]);
});

test('so is who comes back to a store whose backup knew nobody', async () => {
	let id = '';
	const gone = { version: '2', updatedAt: '2026-02-01T00:00:00.000Z', deleted: true };
	const places = await backedUp(
		(walk) => walk.store.write((tx) => tx.cursors.set('source:crm', 'then', '2026-03-01T00:00:00.000Z')),
		async (walk) => {
			await walk.arrive(person('crm:1', ANN));
			id = await walk.idOf('crm:1');
			await walk.arrive(person('crm:1', {}, gone));
		},
	);
	const { walk } = await restored(places);
	expect(await new FirstLoad(walk.store, SYSTEMS).isPossible()).toBe(false);
	await walk.arrive(person('crm:1', ANN, { version: '3', updatedAt: '2026-02-02T00:00:00.000Z' }));
	expect(await walk.idOf('crm:1')).toBe(id);
	expect(await walk.problems()).toEqual([]);
});

test('of a former store that has lost an ID, who left with it still tells of it', async () => {
	let id = '';
	const gone = { version: '2', updatedAt: '2026-02-01T00:00:00.000Z', deleted: true };
	const places = await backedUp((walk) => walk.arrive(person('crm:1', ANN)), async (walk) => {
		await walk.arrive(person('crm:2', BOB));
		id = await walk.idOf('crm:2');
		await walk.arrive(person('crm:2', {}, gone));
	});
	const database = new DatabaseSync(places.file);
	database.exec(`DELETE FROM canonical_ids WHERE canonical_id = '${id}'; DELETE FROM profiles WHERE canonical_id = '${id}'`);
	database.close();
	const { walk } = await restored(places);
	expect((await walk.store.read((tx) => tx.profiles.byCanonicalId([id]))).get(id)?.empty).toBe(true);
	expect(await walk.problems()).toEqual([]);
	await walk.arrive(person('crm:2', BOB, { version: '3', updatedAt: '2026-02-02T00:00:00.000Z' }));
	expect(await walk.idOf('crm:2')).toBe(id);
	expect(await walk.problems()).toEqual([]);
});

test('a first load into a store whose backup knew nobody brings everybody back, also whom others of the same customer had left', async () => {
	let id = '';
	const places = await backedUp(
		(walk) => walk.store.write((tx) => tx.cursors.set('source:crm', 'then', '2026-03-01T00:00:00.000Z')),
		async (walk) => {
			await walk.arrive(person('crm:1', ANN), person('mail:1', ANN));
			id = await walk.idOf('crm:1');
			await walk.arrive(person('mail:1', {}, { version: '2', updatedAt: '2026-02-01T00:00:00.000Z', deleted: true }));
		},
	);
	const { walk } = await restored(places);
	expect(await walk.problems()).toEqual([]);
	await walk.load([[person('mail:1', ANN, { version: '3', updatedAt: '2026-02-02T00:00:00.000Z' }), person('crm:1', ANN)]]);
	await walk.build();
	expect([await walk.idOf('crm:1'), await walk.idOf('mail:1')]).toEqual([id, id]);
	expect(await walk.problems()).toEqual([]);
});

test('answers given since are taken over, in force or taken back, and resolve what is there already', async () => {
	const ids: string[] = [];
	const places = await backedUp(
		(walk) => walk.arrive(person('crm:1', ANN), person('mail:1', ANN), person('crm:2', BOB), person('mail:2', EVE)),
		async (walk) => {
			await walk.decide('different', 'crm:1', 'mail:1');
			await walk.decide('same', 'crm:2', 'mail:2');
			await walk.store.write((tx) => undoDecision(tx, { records: [contact('crm:2'), contact('mail:2')] }, walk.context()));
			await walk.arrive(person('support:3', BOB));
			await walk.decide('different', 'crm:2', 'support:3');
			ids.push(await walk.idOf('crm:1'), await walk.idOf('mail:1'), await walk.idOf('support:3'), await walk.idOf('crm:2'));
		},
	);
	const { walk, taken } = await restored(places);
	expect(taken.answers).toBe(4);
	expect(await walk.clusters()).toEqual(['crm:1', 'crm:2', 'mail:1', 'mail:2']);
	await walk.arrive(person('support:3', BOB));
	expect([await walk.idOf('crm:1'), await walk.idOf('mail:1'), await walk.idOf('support:3'), await walk.idOf('crm:2')]).toEqual(ids);
	expect(await walk.store.read(async (tx) => (await tx.decisions.all()).map(({ verdict }) => verdict))).toEqual(['different', 'same', 'withdrawn', 'different']);
	expect(await walk.problems()).toEqual([]);
});

test('who goes back because of wrong answers leaves them behind; who wants the backup as it is leaves everything', async () => {
	const since = async (walk: Walk) => {
		await walk.arrive(person('crm:2', BOB));
		await walk.decide('same', 'crm:1', 'crm:2');
		await walk.store.write((tx) => tx.ledger.put([ledgerEntry('7', { status: 'acknowledged' })]));
	};
	const places = await backedUp((walk) => walk.arrive(person('crm:1', ANN)), since);
	const { walk, taken } = await restored(places, 'all but answers');
	expect(taken).toMatchObject({ answers: undefined, acknowledgements: 1 });
	expect(await walk.store.read((tx) => tx.decisions.all())).toEqual([]);
	await closeAllStores();
	const others = await backedUp((other) => other.arrive(person('crm:1', ANN)), since);
	const alone = await restored(others, 'nothing');
	expect(alone.taken).toBeUndefined();
	expect(await alone.walk.store.read(async (tx) => [await tx.decisions.all(), await tx.promises.any(), (await tx.ledger.get('crm:contact', ['7'])).size])).toEqual([[], false, 0]);
});

test('what destinations acknowledged since is known, and what the backup knew better stays', async () => {
	const entry = (target: string, at: string, value: string) => ledgerEntry(target, { at, status: 'acknowledged', acknowledged: { name: value } });
	const places = await backedUp(
		(walk) => walk.store.write((tx) => tx.ledger.put([entry('1', '2026-03-01T00:00:00.000Z', 'old'), entry('2', '2026-03-01T00:00:00.000Z', 'same')])),
		(walk) => walk.store.write((tx) => tx.ledger.put([entry('1', '2026-03-02T00:00:00.000Z', 'new'), entry('new:per_X', '2026-03-02T00:00:00.000Z', 'made')])),
	);
	const { walk, taken } = await restored(places);
	expect(taken.acknowledgements).toBe(2);
	const found = await walk.store.read((tx) => tx.ledger.get('crm:contact', ['1', '2', 'new:per_X']));
	expect([...found.values()].map(({ acknowledged }) => acknowledged['name'])).toEqual(['new', 'same', 'made']);
});

test('numbers of events and questions go on behind those of the former store, and sources from where the backup was', async () => {
	let last = 0;
	const places = await backedUp(
		(walk) => walk.store.write((tx) => tx.cursors.set('source:crm', 'then', '2026-03-01T00:00:00.000Z')),
		async (walk) => {
			await walk.store.write((tx) => tx.cursors.set('source:crm', 'later', '2026-03-02T00:00:00.000Z'));
			await walk.arrive(person('crm:1', ANN), person('crm:2', BOB));
			last = await walk.store.read((tx) => tx.events.lastSeq());
		},
	);
	const { walk } = await restored(places);
	expect(await walk.store.read(async (tx) => [await tx.cursors.get('source:crm'), await tx.events.lastSeq()])).toEqual(['then', last]);
	await walk.arrive(person('crm:1', ANN));
	expect((await walk.events()).map(({ seq }) => seq)).toEqual([last + 1]);
});

test('going back twice keeps the promises of both times', async () => {
	const ids: string[] = [];
	const places = await backedUp(
		(walk) => walk.arrive(person('crm:1', ANN)),
		async (walk) => {
			await walk.arrive(person('crm:2', BOB));
			ids.push(await walk.idOf('crm:2'));
		},
	);
	const first = await restored(places);
	await first.walk.arrive(person('crm:3', EVE));
	ids.push(await first.walk.idOf('crm:3'));
	await closeAllStores();
	const { walk, taken } = await restored(places);
	expect(taken.ids).toMatchObject({ waiting: 2 });
	await walk.arrive(person('crm:3', EVE), person('crm:2', BOB));
	expect([await walk.idOf('crm:2'), await walk.idOf('crm:3')]).toEqual(ids);
	expect(await walk.problems()).toEqual([]);
});

test('a former store that another release wrote, or that is damaged from its first page on, gives nothing, and numbers leap', async () => {
	const places = await backedUp((walk) => walk.arrive(person('crm:1', ANN)), (walk) => walk.arrive(person('crm:2', BOB)));
	const database = new DatabaseSync(places.file);
	database.exec('PRAGMA user_version = 9999');
	database.close();
	const newer = await goBack(places.backup, places.file, later());
	expect(newer.takenOver).toBe('a newer release wrote it (version 9999)');
	const bytes = readFileSync(places.file);
	bytes.write('no longer a database');
	writeFileSync(places.file, bytes);
	const damaged = await goBack(places.backup, places.file, later());
	expect(damaged.takenOver).toBe('it is damaged');
	const walk = new Walk(await openStore({ file: places.file }));
	expect(await walk.store.read((tx) => tx.events.lastSeq())).toBeGreaterThan(1_000_000_000);
	await walk.arrive(person('crm:2', BOB));
	expect(await walk.problems()).toEqual([]);
});

test('a backup that was made in the middle of a first load gets IDs and answers, too', async () => {
	const ids: string[] = [];
	const places = await backedUp(
		(walk) => walk.load([[person('crm:1', ANN), person('mail:1', ANN), person('crm:2', BOB)]], { finish: false }),
		async (walk) => {
			await walk.build();
			await walk.decide('different', 'crm:1', 'mail:1');
			ids.push(await walk.idOf('crm:1'), await walk.idOf('mail:1'), await walk.idOf('crm:2'));
		},
	);
	const { walk, taken } = await restored(places);
	expect(taken).toMatchObject({ answers: 1, faults: [] });
	await walk.build();
	expect([await walk.idOf('crm:1'), await walk.idOf('mail:1'), await walk.idOf('crm:2')]).toEqual(ids);
	expect(await walk.problems()).toEqual([]);
});

test('who takes nothing over, or has no store left, is not given a number of an event twice either', async () => {
	let last = 0;
	const places = await backedUp((walk) => walk.arrive(person('crm:1', ANN)), async (walk) => {
		await walk.arrive(person('crm:2', BOB));
		last = await walk.store.read((tx) => tx.events.lastSeq());
	});
	const { walk } = await restored(places, 'nothing');
	expect(await walk.store.read((tx) => tx.events.lastSeq())).toBe(last);
	await closeAllStores();
	const file = join(dirname(places.file), 'another.sqlite');
	expect(await goBack(places.backup, file, later())).toMatchObject({ former: undefined, takenOver: undefined });
	expect(await (await openStore({ file })).read((tx) => tx.events.lastSeq())).toBeGreaterThan(last);
});
