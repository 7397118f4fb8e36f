import { join } from 'node:path';
import { constants } from 'node:sqlite';
import { openStore, type StoreWriter } from '../../../lib/store';
import { Connection } from '../../../lib/store/sqlite/connection';
import { openRooms } from '../../../lib/store/sqlite/rooms';
import { Transaction } from '../../../lib/store/sqlite/transaction';
import { temporaryFolders } from '../describe-store';
import { AT, createProfiles, putPersons } from '../samples';

const newFolder = temporaryFolders();

/** Something of each kind that a short look at the store does. */
const looks: Record<string, (tx: StoreWriter) => Promise<unknown>> = {
	'profiles by an identifier': (tx) => tx.profiles.byKeys(['a', 'b']),
	'a profile by its ID': (tx) => tx.profiles.byCanonicalId(['c-1']),
	'the aliases of a profile': (tx) => tx.profiles.aliases([1]),
	'who shares a home': (tx) => tx.profiles.ofHouseholds(['address:1', 'address:2'], 9, 2),
	'who has a household key': (tx) => tx.profiles.ofHouseholds(['address:1', 'address:2'], 9),
	'the people of a company': (tx) => tx.profiles.ofCompanies([1], 100),
	'what Merge has to build': (tx) => tx.profiles.waiting(AT, 100),
	'what has changed': (tx) => tx.profiles.changedSince('person', 0, 100),
	'a search': (tx) => tx.profiles.search('ann', undefined, 10),
	'the change feed': (tx) => tx.events.since(0, [], 100),
	'the change feed of one kind': (tx) => tx.events.since(0, ['profile.changed'], 100),
	'the events of a profile': (tx) => tx.events.ofProfile(['c-1'], 100),
	'open questions': (tx) => tx.reviews.open(100, 0),
};

test.each(Object.entries(looks))('%s: the statements are prepared once, not at every call', async (_, look) => {
	const file = join(newFolder(), 'identity.sqlite');
	const store = await openStore({ file });
	await createProfiles(store, 'c-1');
	const connection = new Connection(file);
	const rooms = openRooms(connection, new Transaction('read', file));
	// SQLite asks it whenever it prepares a statement.
	const prepared: number[] = [];
	connection.database.setAuthorizer((action) => {
		prepared.push(action);
		return constants.SQLITE_OK;
	});
	await look(rooms);
	await look(rooms);
	prepared.length = 0;
	await look(rooms);
	connection.close();
	expect(prepared).toEqual([]);
});

test('a profile is found by its key wherever the key has been moved to', async () => {
	const file = join(newFolder(), 'identity.sqlite');
	const store = await openStore({ file });
	const [no = 0] = await putPersons(store, '1');
	const [profileNo = 0] = await createProfiles(store, 'c-1');
	await store.write(async (tx) => {
		await tx.records.assign([{ no, profileNo }]);
		await tx.keys.replace([{ no, keys: [{ key: 'mail', who: '' }] }], new Map());
	});
	const found = async () => await store.read(async (tx) => (await tx.profiles.byKeys(['mail'])).map(({ canonicalId }) => canonicalId));
	expect(await found()).toEqual(['c-1']);
	const connection = new Connection(file);
	connection.exec('INSERT INTO keys SELECT * FROM recent_keys; DELETE FROM recent_keys');
	connection.close();
	expect(await found()).toEqual(['c-1']);
});
