import { readFileSync } from 'node:fs';
import { openStore } from '../../../lib';
import { Desk, run } from './command';

const desk = new Desk();
afterAll(() => desk.clear());

const figures = () => JSON.parse(desk.read('figures.json')) as Record<string, unknown>;

async function ingest(store: string, file: string, ...more: string[]): Promise<string> {
	const { code, err } = await run('ingest', file, '--store', desk.path(store), '--json', desk.path('figures.json'), ...more);
	expect(code).toBe(0);
	return err;
}

/** The only profile's golden values. */
async function golden(store: string): Promise<Record<string, unknown>> {
	const opened = await openStore({ file: desk.path(store) });
	try {
		const [profile] = await opened.read((tx) => tx.profiles.scan(0, 2));
		return Object.fromEntries(Object.entries(profile?.golden?.attributes ?? {}).map(([name, { value }]) => [name, value]));
	} finally {
		await opened.close();
	}
}

describe('a time of change', () => {
	const row = (changed: string, phone: string, country = '') => `id,email,phone,country,updated_at\n1,ann@acme.io,${phone},${country},${changed}\n`;

	it.each([
		['of the country that rows are read as in', [], '', '2024-02-01'],
		['of another one', ['--default-country', 'GB'], '', '2024-01-02'],
		['of the row itself', [], 'Germany', '2024-01-02'],
	])('is written in the manner %s', async (what, more, country, day) => {
		const name = `${what.replaceAll(' ', '-')}.sqlite`;
		await ingest(name, desk.write('dates.csv', row('02/01/2024', '+1 212 555 0147', country)), ...more);
		const store = await openStore({ file: desk.path(name) });
		const [record] = await store.read((tx) => tx.records.scan(0, 1));
		await store.close();
		expect(record?.updatedAt.slice(0, 10)).toBe(day);
	});

	it('of February is later than one of January, as in the United States', async () => {
		await ingest('months.sqlite', desk.write('months.csv', row('01/31/2024', '+1 212 642 8891')), '--source', 'crm');
		await ingest('months.sqlite', desk.write('months.csv', row('02/01/2024', '+1 212 642 8892')), '--source', 'crm');
		expect(figures()).toMatchObject({ stale: 0, unchanged: 0 });
		expect(await golden('months.sqlite')).toMatchObject({ phone: '+12126428892' });
	});
});

describe('an identity store', () => {
	const PEOPLE = 'id,name,email\n1,Ann Hill,ann@acme.io\n2,Ann Hill,ann@acme.io\n';

	it.each([
		['explain --svg', (store: string) => ['explain', 'people:person:1', 'people:person:2', '--store', store, '--svg', store]],
		['train --out, by another spelling', (store: string) => ['train', '--store', store, '--out', `${desk.folder}/./kept.sqlite`]],
		['resolve --out', (store: string) => ['resolve', desk.path('people.csv'), '--out', store]],
		['resolve --json', (store: string) => ['resolve', desk.path('people.csv'), '--json', store]],
	])('is not written over by %s', async (_, args) => {
		const store = desk.path('kept.sqlite');
		await ingest('kept.sqlite', desk.write('people.csv', PEOPLE));
		const before = readFileSync(store);
		const { code, err } = await run(...args(store));
		expect([code, err]).toEqual([2, expect.stringMatching(/is a database, as identity stores are, and is not written over/)]);
		expect(readFileSync(store).equals(before)).toBe(true);
	});
});

describe('a load into a store says', () => {
	it('that a row which is rejected now stays as it was, and forgets the rejection when the row is back', async () => {
		const [good, bad] = ['id,name,email\n1,Bob Hill,bob@acme.io\n', 'id,name,email\n1,Bob Hill,\n'];
		const rejections = async () => {
			const store = await openStore({ file: desk.path('back.sqlite') });
			const count = await store.read((tx) => tx.rejections.count());
			await store.close();
			return count;
		};
		await ingest('back.sqlite', desk.write('crm.csv', good));
		expect(await ingest('back.sqlite', desk.write('crm.csv', bad))).toContain('1 rejected row is in the store as read before; that version stays');
		expect(await rejections()).toBe(1);
		await ingest('back.sqlite', desk.write('crm.csv', good));
		expect(figures()).toMatchObject({ unchanged: 1, rejected: 0 });
		expect(await rejections()).toBe(0);
	});

	it('whom it believes where sources disagree, also of one that came later', async () => {
		const [crm, shop] = ['crm', 'shop'].map((name) => desk.write(`${name}.csv`, `id,email\n${name},${name}@acme.io\n`)) as [string, string];
		expect(await ingest('trust.sqlite', crm, shop)).toContain('sources are believed in this order: crm, shop (--model');
		expect(await ingest('trust.sqlite', desk.write('desk.csv', 'id,email\n9,eve@acme.io\n'))).toContain('crm, shop; desk is not among them and comes last (--model');
	});

	it('that numbers of rows are no IDs that last', async () => {
		const file = desk.write('rows.csv', 'name,email\nAnn Hill,ann@acme.io\n');
		expect(await ingest('rows.sqlite', file)).not.toContain('takes over the record');
		expect(await ingest('rows.sqlite', file)).toContain('A row that stands in another place than before takes over the record');
	});
});

it('of two systems in one file it says how to tell them apart', async () => {
	const { err } = await run('resolve', desk.write('mixed.csv', 'id,source,email\n1,crm,ann@acme.io\n1,shop,bob@acme.io\n'));
	expect(err).toContain('If the rows come from several systems, name the column that says from which with --source-column. Otherwise name the column');
});
