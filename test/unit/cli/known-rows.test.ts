import { utimesSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { stringify } from 'csv-stringify/sync';
import { Desk, run } from './command';
import { madePeople } from './people';

const desk = new Desk();
afterAll(() => desk.clear());

const hour = 3_600_000;
const figures = () => JSON.parse(desk.read('figures.json')) as Record<string, unknown>;

/** Loads the file and returns what it came to. */
async function ingest(file: string, store: string, ...more: string[]): Promise<Record<string, unknown>> {
	expect((await run('ingest', file, '--store', desk.path(store), '--no-train', '--json', desk.path('figures.json'), ...more)).code).toBe(0);
	return figures();
}

/** What the store has of each record. */
function recordsIn(store: string): { id: string; updatedAt: string; content: string }[] {
	const db = new DatabaseSync(desk.path(store), { readOnly: true });
	const rows = db.prepare('SELECT r.source_id AS id, r.updated_at AS updatedAt, c.content FROM records r JOIN record_contents c ON c.no = r.no ORDER BY r.source_id').all();
	db.close();
	return rows.map((row) => ({ id: String(row.id), updatedAt: String(row.updatedAt), content: String(row.content) }));
}

const PEOPLE = madePeople(120).map((person, index) => ({ ...person, shoe_size: String(index), changed: '2024-05-01T10:00:00Z' }));
const written = (name: string, rows: readonly object[]) => desk.write(name, stringify([...rows], { header: true }));

describe.each([
	['the rows say when they were changed', ['--map', 'changed=updated_at']],
	['the file says it', ['--map', 'changed=-']],
])('rows that come again where %s', (_, options) => {
	const suffix = options[1]?.slice(-1) === '-' ? 'file' : 'row';

	it('in a corrected mapping are all read by it, and none stays as it was read before', async () => {
		const file = written(`mapped-${suffix}.csv`, PEOPLE);
		await ingest(file, `mapped-${suffix}.sqlite`, ...options, '--map', 'last_name=company_name');
		expect(await ingest(file, `mapped-${suffix}.sqlite`, ...options)).toMatchObject({ records: 120, stale: 0, unchanged: 0 });
		await ingest(file, `right-${suffix}.sqlite`, ...options);
		expect(recordsIn(`mapped-${suffix}.sqlite`)).toEqual(recordsIn(`right-${suffix}.sqlite`));
		expect((await run('check', '--store', desk.path(`mapped-${suffix}.sqlite`))).code).toBe(0);
	});

	it('with another value at the same time of change count as they were read last', async () => {
		const [one, other] = [PEOPLE, PEOPLE.map((person) => ({ ...person, last_name: `${person.last_name}son` }))];
		const file = written(`edited-${suffix}.csv`, one);
		const when = new Date(Date.now() - hour);
		utimesSync(file, when, when);
		await ingest(file, `edited-${suffix}.sqlite`, ...options);
		const first = recordsIn(`edited-${suffix}.sqlite`);
		written(`edited-${suffix}.csv`, other);
		utimesSync(file, when, when);
		expect(await ingest(file, `edited-${suffix}.sqlite`, ...options)).toMatchObject({ stale: 0, unchanged: 0 });
		written(`edited-${suffix}.csv`, one);
		utimesSync(file, when, when);
		expect(await ingest(file, `edited-${suffix}.sqlite`, ...options)).toMatchObject({ stale: 0, unchanged: 0 });
		expect(recordsIn(`edited-${suffix}.sqlite`)).toEqual(first);
	});

	it('with a change in a column of which nothing is made are what they were, in a newer file, too', async () => {
		const file = written(`shoes-${suffix}.csv`, PEOPLE);
		await ingest(file, `shoes-${suffix}.sqlite`, ...options);
		const before = recordsIn(`shoes-${suffix}.sqlite`);
		written(`shoes-${suffix}.csv`, PEOPLE.map((person) => ({ ...person, shoe_size: `${person.shoe_size}.5` })));
		utimesSync(file, new Date(), new Date(Date.now() + hour));
		expect(await ingest(file, `shoes-${suffix}.sqlite`, ...options)).toMatchObject({ records: 120, unchanged: 120, golden: 0 });
		expect(recordsIn(`shoes-${suffix}.sqlite`)).toEqual(before);
	});
});

describe('rows that come again in another reading', () => {
	const ROWS = 'id,email,tel\n1,ann@acme.io,020 7946 0018\n2,bo@acme.io,\n3,cy@acme.io,12\n';

	it('and come to the same keep their time of change, and are not read once more the next time', async () => {
		const file = desk.write('tel.csv', ROWS);
		const args = ['ingest', file, '--store', desk.path('tel.sqlite'), '--map', 'tel=phone', '--json', desk.path('figures.json')];
		await run(...args, '--default-country', 'US');
		const [, second] = recordsIn('tel.sqlite');
		utimesSync(file, new Date(), new Date(Date.now() + hour));
		// What can't be read of a row is told when the row is read.
		const again = await run(...args, '--default-country', 'GB');
		expect(again.err).toMatch(/In 1 row \(.*tel\.csv, line 4\) the phone cannot be read/);
		expect(figures()).toMatchObject({ records: 3, unchanged: 2, stale: 0, golden: 1 });
		expect(recordsIn('tel.sqlite')[1]).toEqual(second);
		const third = await run(...args, '--default-country', 'GB');
		expect(third.err).not.toContain('cannot be read');
		expect(figures()).toMatchObject({ records: 3, unchanged: 3, stale: 0, golden: 0 });
		expect((await run('check', '--store', desk.path('tel.sqlite'))).code).toBe(0);
	});
});
