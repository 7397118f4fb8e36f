import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, truncateSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { closeAllStores, damageOf, openStore } from '../../../lib/store';
import { build } from '../../unit/cli/built';
import { temporaryFolders } from '../describe-store';
import { AT, person } from '../samples';

beforeAll(build, 120_000);
const newFolder = temporaryFolders();
const library = resolve(__dirname, '../../../dist/lib/index.js');

/** Checks and copies a store, as a user who may read the file and write nothing beside it. */
const PROGRAM = `
	const { ReadOnlyStore, checkStore, damageOf } = require(${JSON.stringify(library)});
	if (process.getuid() === 0) { process.setgroups([]); process.setgid(65534); process.setuid(65534); }
	const [file, copy] = process.argv.slice(1);
	(async () => {
		const store = ReadOnlyStore.openIfNeeded(file);
		const damage = damageOf(file);
		const { records, problems } = await checkStore(store, Date.now());
		await store.backup(copy);
		await store.close();
		return { damage, records, problems: problems.length };
	})().then((found) => console.log(JSON.stringify(found)), (error) => console.log(JSON.stringify({ code: error.code, message: error.message })));
`;

interface Case {
	/** Makes the state of the files, and says what ends it. */
	leave: (file: string) => () => void;
	found: Record<string, unknown>;
}

const ORDER = { damage: [], records: 2, problems: 0 };
const nothing = () => undefined;
/** Tells of a profile that there is not, which a check finds. */
const LAST_WORDS = "INSERT INTO events (type, canonical_id, entity, at, data) VALUES ('profile.changed', 'per_none', 'person', '', '{}')";

/** Writes without the files being tidied up, as a process does that is killed. */
function writer(file: string): DatabaseSync {
	const database = new DatabaseSync(file);
	database.exec(`PRAGMA journal_mode = WAL; ${LAST_WORDS}`);
	return database;
}

function killed(file: string): void {
	const script = `const d = new (require('node:sqlite').DatabaseSync)(${JSON.stringify(file)}); d.exec(${JSON.stringify(`PRAGMA journal_mode = WAL; ${LAST_WORDS}`)}); process.kill(process.pid, 'SIGKILL')`;
	spawnSync(process.execPath, ['-e', script]);
	expect(existsSync(`${file}-wal`)).toBe(true);
}

const cases: Record<string, Case> = {
	'is closed': { leave: () => nothing, found: ORDER },
	'has an empty -wal file beside it': {
		leave: (file) => {
			killed(file);
			rmSync(`${file}-shm`);
			truncateSync(`${file}-wal`);
			return nothing;
		},
		found: ORDER,
	},
	'is in use by another process: what that wrote last is seen': {
		leave: (file) => {
			const database = writer(file);
			return () => database.close();
		},
		found: { ...ORDER, problems: 1 },
	},
	'was left by a process that was killed: what that wrote last is seen': {
		leave: (file) => {
			killed(file);
			return nothing;
		},
		found: { ...ORDER, problems: 1 },
	},
	'has a -wal file that can not be read without writing': {
		leave: (file) => {
			killed(file);
			rmSync(`${file}-shm`);
			return nothing;
		},
		found: { code: 'not_writable', message: expect.stringMatching(/can only be read, and not as it is: a part of it stands in .*-wal.* Copy the file, together with those .* to a folder that can be written, and name the copy/) },
	},
};

test.each(Object.entries(cases))('a store in a folder that can only be read, and that %s', async (_name, { leave, found }) => {
	const top = newFolder();
	const [folder, out] = [join(top, 'store'), join(top, 'out')];
	mkdirSync(out);
	const file = join(folder, 'identity.sqlite');
	const store = await openStore({ file });
	await store.write((tx) => tx.records.put(['a', 'b'].map((id) => person(id, { deleted: true })), AT));
	await closeAllStores();
	const end = leave(file);
	for (const one of readdirSync(folder)) chmodSync(join(folder, one), 0o444);
	for (const [one, mode] of [[top, 0o755], [folder, 0o555], [out, 0o777]] as const) chmodSync(one, mode);
	const before = readdirSync(folder);
	const copy = join(out, 'copy.sqlite');
	const { stdout, stderr } = spawnSync(process.execPath, ['-e', PROGRAM, file, copy], { encoding: 'utf8' });
	expect([stderr.replace(/.*ExperimentalWarning.*\n.*\n/, ''), JSON.parse(stdout)]).toEqual(['', found]);
	expect(readdirSync(folder)).toEqual(before);
	if (found === ORDER) expect(damageOf(copy)).toEqual([]);
	end();
	chmodSync(folder, 0o755);
});

test('a folder is no store that can only be read', () => {
	const folder = newFolder();
	chmodSync(folder, 0o555);
	const asNobody = `if (process.getuid() === 0) { process.setgroups([]); process.setgid(65534); process.setuid(65534); }`;
	const { stdout } = spawnSync(process.execPath, ['-e', `${asNobody} console.log(require(${JSON.stringify(library)}).ReadOnlyStore.openIfNeeded(${JSON.stringify(folder)}))`], { encoding: 'utf8' });
	expect(stdout).toBe('undefined\n');
});

test('a folder that the system will not make is refused, and nothing stands still', () => {
	const open = `require(${JSON.stringify(library)}).openStore({ file: '/proc/customer360/identity.sqlite' }).then(() => console.log('opened'), ({ code, message }) => console.log(JSON.stringify({ code, message })))`;
	// In a process of its own: where this fails, nothing in the process goes on.
	const { stdout } = spawnSync(process.execPath, ['-e', open], { encoding: 'utf8', timeout: 20_000, killSignal: 'SIGKILL' });
	expect(JSON.parse(stdout || '"it never ended"')).toEqual({ code: 'not_writable', message: expect.stringMatching(/^The identity store \/proc\/customer360\/identity\.sqlite can't be written \(ENOENT/) });
});
