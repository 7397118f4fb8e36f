import { DatabaseSync } from 'node:sqlite';
import { keyDigest } from '../../../lib/store';
import { person, temporaryStores, type Walk } from './given';

const newStore = temporaryStores();

function change({ store }: Walk, sql: string): void {
	const database = new DatabaseSync(store.location);
	expect(database.prepare(sql).run().changes).not.toBe(0);
	database.close();
}

describe('a check finds', () => {
	const ann = { given: 'Ann', family: 'Hill', email: 'ann@acorn-mail.com', street: '12 Mill Road', zip: '78704' };
	const LOST = 'a record is found by its keys';
	const STRAY = 'keys lead to records that list them';
	const HOMES = 'homes lead to profiles that list them';

	test.each([
		['an email by which a record is no longer found', `DELETE FROM recent_keys WHERE no = 1 AND key = '${keyDigest('person|email:ann@acorn-mail.com')}'`, LOST],
		['blocking values by which a record is no longer found', "DELETE FROM recent_keys WHERE no = 1 AND who = '#'", LOST],
		['a key that leads to another record, too', "INSERT INTO recent_keys SELECT key, 2, who FROM recent_keys WHERE no = 1 AND who = '#' LIMIT 1", STRAY],
		['a promised ID that was retired to one that is not', "INSERT INTO promised_ids VALUES ('per_B', 'per_A', 'person', 1, '2026')", 'promised IDs are kept'],
		['a home that leads to another profile, too', 'INSERT INTO recent_homes SELECT key, entity, 2 FROM recent_homes WHERE profile_no = 1', HOMES],
		['a home that stands in both tables', 'INSERT INTO homes SELECT * FROM recent_homes', HOMES],
	])('%s', async (_, sql, invariant) => {
		const walk = await newStore();
		await walk.arrive(person('crm:1', ann), person('crm:2', { given: 'Bob', family: 'Wood', email: 'bob@birch-mail.com' }));
		expect(await walk.problems()).toEqual([]);
		change(walk, sql);
		expect((await walk.problems()).map((problem) => problem.invariant)).toContain(invariant);
	});
});
