import { readFileSync, utimesSync } from 'node:fs';
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

describe('a time of change in the future', () => {
	const day = 24 * 3_600_000;
	const written = (name: string, changed: string, phone: string) => {
		const file = desk.write(name, `id,email,phone,updated_at\n1,ann@acme.io,${phone},${changed}\n`);
		utimesSync(file, new Date('2024-06-01'), new Date('2024-06-01'));
		return file;
	};
	const wrong = () => written('wrong.csv', '01/01/2099 09:00', '+1 212 642 8891');
	const right = () => written('right.csv', '2025-01-01', '+1 212 642 8892');

	it('is told with its row and what to do, and the next true version counts, in any order', async () => {
		const said = await ingest('ahead.sqlite', wrong(), '--source', 'crm');
		expect(said).toMatch(/In 1 row the time of change lies in the future \(.*wrong\.csv, line 2: "updated_at" is 01\/01\/2099 09:00\).*the time of the file counts for them\. Put it right/);
		expect(await ingest('ahead.sqlite', right(), '--source', 'crm')).not.toContain('in the future');
		expect(figures()).toMatchObject({ stale: 0, unchanged: 0 });
		await ingest('behind.sqlite', right(), '--source', 'crm');
		await ingest('behind.sqlite', wrong(), '--source', 'crm');
		expect(figures()).toMatchObject({ stale: 1 });
		for (const store of ['ahead.sqlite', 'behind.sqlite']) expect(await golden(store)).toMatchObject({ phone: '+12126428892' });
	});

	it('by less than a day is that of another clock', async () => {
		const soon = new Date(Date.now() + day / 2).toISOString();
		expect(await ingest('skew.sqlite', written('skew.csv', soon, ''))).not.toContain('in the future');
		const store = await openStore({ file: desk.path('skew.sqlite') });
		const [record] = await store.read((tx) => tx.records.scan(0, 1));
		await store.close();
		expect(record?.updatedAt).toBe(soon);
	});

	it('of a file is not believed either', async () => {
		const file = desk.write('dated.csv', 'id,email\n1,ann@acme.io\n');
		utimesSync(file, new Date(), new Date(Date.now() + 400 * day));
		expect(await ingest('dated.sqlite', file, '--source', 'crm')).toContain('The time of the file lies in the future, so the present counts as its time.');
		desk.write('dated.csv', 'id,email\n1,eve@acme.io\n');
		await ingest('dated.sqlite', file, '--source', 'crm');
		expect(figures()).toMatchObject({ stale: 0, rejected: 0 });
		expect(await golden('dated.sqlite')).toMatchObject({ email: 'eve@acme.io' });
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

	it('which values are placeholders, and which cannot be read', async () => {
		const born = ['1970-01-01', '01/01/1900', '0001-01-01', '9999-12-31', '0000-00-00', 'unknown', '31.31.1980', '1980-02-01'];
		const rows = born.map((date, index) => `${index},Ann Hill,p${index}@acme.io,${date}\n`);
		const err = await ingest('born.sqlite', desk.write('born.csv', `id,name,email,birth_date\n${rows.join('')}`));
		expect(err).toMatch(/In 5 rows \(first: .*born\.csv, line 2\) the birth date is taken for a placeholder and does not count: systems write 1900-01-01, 1970-01-01, 0001-01-01, 9999-12-31 where they know none\.\n/);
		expect(err).toMatch(/In 2 rows \(first: .*born\.csv, line 7\) the birth date cannot be read and does not count\.\n/);
	});

	it('in which row a type that is neither person nor company stands first', async () => {
		const file = desk.write('types.csv', 'id,record_type,name,email\n1,person,Ann,ann@acme.io\n2,thing,Bo,bo@acme.io\n3,gadget,Cy,cy@acme.io\n');
		expect(await ingest('types.sqlite', file)).toMatch(/types\.csv: in 2 rows \(first: line 3\) the type is neither person nor company/);
	});

	it('which IDs come as another kind of record than before', async () => {
		const file = desk.write('acme.csv', 'id,company_name,email\n7,Acme Inc,ann@acme.io\n8,Hooli Inc,bo@hooli.io\n9,,eve@hooli.io\n');
		expect(await ingest('kinds.sqlite', file, '--type', 'person', '--source', 'crm')).not.toContain('other kind');
		expect(await ingest('kinds.sqlite', file, '--type', 'person', '--source', 'crm')).not.toContain('other kind');
		const said = /In 3 rows the ID is that of a record of the other kind, .* both stay \(.*acme\.csv, line 2: crm:company:7 beside crm:person:7\)\. Where the two are one, .* --type into a new --store/;
		for (const _ of ['first', 'again']) expect(await ingest('kinds.sqlite', file, '--type', 'company', '--source', 'crm')).toMatch(said);
		expect(await ingest('kinds.sqlite', file, '--type', 'company', '--source', 'shop')).not.toContain('other kind');
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

it('a check of a store without records says that there is nothing to check', async () => {
	await ingest('empty.sqlite', desk.write('none.csv', 'id,email\n'));
	const { code, out } = await run('check', '--store', desk.path('empty.sqlite'));
	expect([code, out]).toEqual([0, expect.stringMatching(/empty\.sqlite has no records: there is nothing to check\. "customer360 ingest/)]);
});
