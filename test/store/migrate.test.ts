import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { checkStore, defaultModel, migrateStore, type MigrationProgress, type MigrationReport } from '../../lib/identity';
import { closeAllStores, StoreMigration, openStore, type IdentityStore } from '../../lib/store';
import { MIGRATED_TABLES } from '../../lib/store/migrate-tables';
import { temporarySchemas } from '../postgres/schemas';
import { runSql } from '../postgres/server';
import { NOW, person, Walk } from '../unit/identity/given';
import { clustersIn, everythingIn } from './everything-in';
import { fillStore, threeRecords } from './full-store';
import { AT, createProfiles, putPersons } from './samples';

const SCOPES = ['source:crm', 'lease:crm', 'a\u0000b', 'half \ud83d of a pair', '\u0001"marked"', 'forgotten'];
const SILENT: MigrationProgress = { onMoved: () => undefined, onChecked: () => undefined };
/** Behind everything that falls due in the store that was filled. */
const LATER = NOW + 24 * 3600 * 1000;

const folder = mkdtempSync(join(tmpdir(), 'customer360-migrate-'));
const full = join(folder, 'full.sqlite');
let files = 0;

beforeAll(async () => {
	await fillStore(await openStore({ file: full }));
	await closeAllStores();
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A copy of the full store, which a test may change. */
function copyOfFull(): string {
	const file = join(folder, `${(files += 1)}.sqlite`);
	copyFileSync(full, file);
	return file;
}

async function contentOf(store: IdentityStore): Promise<Record<string, unknown>> {
	return await everythingIn(store, SCOPES, ['crm:contact', 'shop:contact']);
}

describe('migration from a file to PostgreSQL', () => {
	const newSchema = temporarySchemas();

	async function refusal(attempt: Promise<unknown>): Promise<{ code: string; message: string }> {
		const thrown: unknown = await attempt.then(
			() => 'nothing was refused',
			(error: unknown) => error,
		);
		expect(thrown).toMatchObject({ name: 'StoreError' });
		return thrown as { code: string; message: string };
	}

	/** Moves until as many steps are done, then ends as Ctrl-C does. */
	async function stopAfter(steps: number, file: string, target: { url: string; schema: string }): Promise<void> {
		let left = steps;
		const onMoved = (): void => {
			if ((left -= 1) < 0) throw new Error('stopped');
		};
		await expect(migrateStore(file, target, LATER, { ...SILENT, onMoved })).rejects.toThrow('stopped');
	}

	function expectWhole(report: MigrationReport): void {
		expect(report).toMatchObject({ faults: [], oldProblems: [], sourceChanged: false, check: { problems: [] } });
	}

	test('every room of the new store answers what the old one did', async () => {
		const target = await newSchema();
		expectWhole(await migrateStore(full, target, LATER, SILENT));
		const [before, after] = [await contentOf(await openStore({ file: full })), await contentOf(await openStore(target))];
		expect(Object.keys(before).filter((room) => ['[]', '{}'].includes(JSON.stringify(before[room])))).toEqual([]);
		for (const room of Object.keys(before)) expect({ [room]: after[room] }).toEqual({ [room]: before[room] });
	});

	test('both stores go on alike: same clusters, same numbers of records and events, and no number is given twice', async () => {
		const [file, target] = [copyOfFull(), await newSchema()];
		const old = await openStore({ file });
		// The newest profile and all events are gone, and their numbers are not given again.
		const [profile = 0] = await createProfiles(old, 'last-profile');
		await old.write(async (tx) => await tx.profiles.retire([{ from: profile, into: 1 }]));
		await old.write(async (tx) => await tx.events.prune('9999', 100_000));
		const last = await old.read(async (tx) => await tx.events.lastSeq());
		expectWhole(await migrateStore(file, target, LATER, SILENT));
		expect(await (await openStore(target)).read(async (tx) => await tx.events.lastSeq())).toBe(last);
		const [one, other] = [new Walk(old), new Walk(await openStore(target))];
		const more = [...threeRecords(40), ...threeRecords(3), person('mail:n1', { given: 'Ann', family: 'Hillhill', email: 'ann.hillhill.0@acorn-mail.com' })];
		for (const walk of [one, other]) {
			await walk.arrive(...more);
			await walk.decide('same', 'mail:q1', 'mail:q2');
		}
		expect(await clustersIn(other.store)).toEqual(await clustersIn(old));
		expect((await other.events()).map(({ seq, type }) => [seq, type])).toEqual((await one.events()).map(({ seq, type }) => [seq, type]));
		expect(await putPersons(other.store, 'next')).toEqual(await putPersons(old, 'next'));
		const created = [await createProfiles(other.store, 'next-profile'), await createProfiles(old, 'next-profile')];
		expect(created[0]).toEqual(created[1]);
		expect(created[0]?.[0]).toBeGreaterThan(profile);
		expect(await other.problems()).toEqual(await one.problems());
	});

	test('what is there is not moved again', async () => {
		const target = await newSchema();
		await stopAfter(12, full, target);
		const moved: number[] = [];
		const report = await migrateStore(full, target, LATER, { ...SILENT, onMoved: (rows) => void moved.push(rows) });
		expectWhole(report);
		expect(report.begun).toBe('resumed');
		expect(moved[0]).toBeGreaterThan(0);
		expect(moved.at(-1)).toBe(report.rows);
	});

	test('a store that is being filled is used by nobody, not even by who had it open', async () => {
		const target = await newSchema();
		const open = await openStore(target);
		await stopAfter(5, full, target);
		expect(await refusal(putPersons(open, '1'))).toMatchObject({ code: 'migrating', message: expect.stringContaining('customer360 migrate') });
		expect((await refusal(open.read(async (tx) => await tx.records.counts()))).code).toBe('migrating');
		await open.close();
		expect((await refusal(openStore(target))).code).toBe('migrating');
		expectWhole(await migrateStore(full, target, LATER, SILENT));
		expect(await checkStore(await openStore(target), LATER)).toMatchObject({ problems: [] });
	});

	test.each([
		['a record', async (store: IdentityStore) => await putPersons(store, 'late')],
		['a cursor', async (store: IdentityStore) => await store.write(async (tx) => await tx.cursors.set('source:crm', 'further', AT))],
		['a mark', async (store: IdentityStore) => await store.write(async (tx) => await tx.profiles.touch([1]))],
		['an answered question', async (store: IdentityStore) => await store.write(async (tx) => await tx.reviews.close([(await tx.reviews.open(1, 0))[0]?.id ?? 0], 'moot', AT))],
	])('when the old store has changed since the interruption (%s), all of it is moved again', async (_, change) => {
		const [file, target] = [copyOfFull(), await newSchema()];
		await stopAfter(15, file, target);
		const old = await openStore({ file });
		await change(old);
		const report = await migrateStore(file, target, LATER, SILENT);
		expect(report).toMatchObject({ begun: 'changed', faults: [], sourceChanged: false });
		expect(await contentOf(await openStore(target))).toEqual(await contentOf(old));
	});

	test('what is written to the old store meanwhile is not moved, and is told', async () => {
		const [file, target] = [copyOfFull(), await newSchema()];
		const old = await openStore({ file });
		const before = await contentOf(old);
		let late: Promise<unknown> | undefined;
		const onMoved = (): void => void (late ??= putPersons(old, 'late'));
		const report = await migrateStore(file, target, LATER, { ...SILENT, onMoved });
		await late;
		expect(report).toMatchObject({ faults: [], sourceChanged: true });
		expect(await contentOf(await openStore(target))).toEqual(before);
	});

	test.each([
		['records', async (store: IdentityStore) => await putPersons(store, '1')],
		['models', async (store: IdentityStore) => [await store.write(async (tx) => await tx.models.add(defaultModel(['crm']), 'kim', AT))]],
	])('a store that holds %s is left as it is', async (what, use) => {
		const target = await newSchema();
		const used = await openStore(target);
		await use(used);
		const before = await contentOf(used);
		const { code, message } = await refusal(migrateStore(full, target, LATER, SILENT));
		expect([code, message.includes(`it has ${what}`)]).toEqual(['conflict', true]);
		expect(await contentOf(used)).toEqual(before);
	});

	test('a schema that an administrator made, and a store that nobody has used but a trigger once, are filled', async () => {
		const [empty, touched] = [await newSchema(), await newSchema()];
		await runSql(empty.url, `CREATE SCHEMA "${empty.schema}"`);
		expectWhole(await migrateStore(full, empty, LATER, SILENT));
		await (await openStore(touched)).write(async (tx) => await tx.cursors.set('source:shop', 1, AT));
		expectWhole(await migrateStore(full, touched, LATER, SILENT));
		expect(await (await openStore(touched)).read(async (tx) => await tx.cursors.get('source:shop'))).toBeUndefined();
	});

	test('of two migrations into one store the later goes on, and the other ends', async () => {
		const target = await newSchema();
		const first = await StoreMigration.open(full, target);
		await first.moveRows(() => undefined);
		const second = await StoreMigration.open(full, target);
		expect(await second.moveRows(() => undefined)).toMatchObject({ begun: 'resumed' });
		expect(await refusal(first.finish())).toMatchObject({ code: 'conflict', message: expect.stringContaining('taken over') });
		await Promise.all([first.close(), second.finish()]);
		await second.close();
		expect(await contentOf(await openStore(target))).toEqual(await contentOf(await openStore({ file: full })));
	});

	test('a difference keeps the new store closed, and the next run moves everything again', async () => {
		const target = await newSchema();
		const migration = await StoreMigration.open(full, target);
		await migration.moveRows(() => undefined);
		await migration.close();
		const { schema } = target;
		await runSql(target.url, `DELETE FROM "${schema}".events WHERE seq = 1`, `UPDATE "${schema}".records SET version = 'x' WHERE no = 2`);
		const { faults, begun } = await migrateStore(full, target, LATER, SILENT);
		const expected = [/the table events has \d+ rows in place of \d+/, /^record .* is not what it was$/].map((text) => expect.stringMatching(text) as unknown);
		expect([begun, faults]).toEqual(['resumed', expect.arrayContaining(expected)]);
		expect((await refusal(openStore(target))).code).toBe('migrating');
		const again = await migrateStore(full, target, LATER, SILENT);
		expectWhole(again);
		expect(again.begun).toBe('changed');
	});

	test('a problem that the old store has is moved and told', async () => {
		const [file, target] = [copyOfFull(), await newSchema()];
		const database = new DatabaseSync(file);
		database.exec("UPDATE records SET profile_no = NULL WHERE source_id = '7' AND system = 'crm'");
		database.close();
		const report = await migrateStore(file, target, LATER, SILENT);
		expect(report.faults).toEqual([]);
		expect(report.oldProblems).toContainEqual(expect.objectContaining({ subject: 'crm:contact:7', detail: 'is in no profile' }));
		await (await openStore(target)).close();
	});

	test('no table and no column is forgotten', async () => {
		const target = await newSchema();
		await (await openStore(target)).close();
		const known = MIGRATED_TABLES.flatMap(({ name, columns }) => Object.keys(columns).map((column) => `${name}.${column}`)).sort();
		const database = new DatabaseSync(full, { readOnly: true });
		const embedded = database
			.prepare("SELECT m.name || '.' || c.name AS place FROM sqlite_schema m, pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name NOT GLOB 'sqlite_*'")
			.all()
			.map(({ place }) => String(place));
		database.close();
		// Row numbers of its own, and what is made anew: the index of words, and by what records and homes are found, which stands beside each of them too.
		const own = (place: string): boolean => ['evidence.id', 'ledger.id'].includes(place) || /^(profile_search|keys|recent_keys|homes|recent_homes)/.test(place);
		expect(embedded.filter((place) => !own(place)).sort()).toEqual(known);
		const rows = await runSql(target.url, `SELECT table_name || '.' || column_name AS place FROM information_schema.columns WHERE table_schema = '${target.schema}'`);
		const derived = (place: string): boolean => ['goldens.segments', 'models.stamp'].includes(place) || /^(meta|counters|profile_search|keys)\./.test(place);
		expect(rows.map(({ place }) => String(place)).filter((place) => !derived(place)).sort()).toEqual(known);
	});
});
