import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { parse } from 'csv-parse/sync';
import { AccuracyCount } from '../../../lib';
import { clustersIn, Desk, run } from './command';

const desk = new Desk();
afterAll(() => desk.clear());

interface Pairs {
	truePairs: number;
	foundPairs: number;
	correctPairs: number;
}

/** Looks at every pair. */
function byAllPairs(records: readonly (readonly [who: string, cluster: string])[]): Pairs {
	const sum = { truePairs: 0, foundPairs: 0, correctPairs: 0 };
	records.forEach(([who, cluster], index) => {
		for (const [otherWho, otherCluster] of records.slice(index + 1)) {
			if (who === otherWho) sum.truePairs += 1;
			if (cluster === otherCluster) sum.foundPairs += 1;
			if (who === otherWho && cluster === otherCluster) sum.correctPairs += 1;
		}
	});
	return sum;
}

function counted(records: readonly (readonly [who: string, cluster: string])[]) {
	const count = new AccuracyCount();
	for (const [who, cluster] of records) count.add(who, cluster);
	return count.figures();
}

describe('figures by pairs', () => {
	it('are those of looking at every pair', () => {
		const group = fc.constantFrom('a', 'b', 'c', 'd', '["a"', 'a","b');
		const records = fc.array(fc.tuple(group, group), { maxLength: 30 });
		fc.assert(fc.property(records, (list) => expect(counted(list)).toMatchObject(byAllPairs(list))));
	});

	it('are 1 where there is nothing to find and nothing was found', () => {
		expect(counted([['a', 'x'], ['b', 'y']])).toMatchObject({ precision: 1, recall: 1, f1: 1 });
	});
});

describe('--truth', () => {
	const file = desk.write('people.csv', 'id,email\n1,ann@acme.io\n2,ann@acme.io\n3,bo@initech.io\n4,bob@initech.io\n5,eve@hooli.io\n');
	const figures = async (truth: string, ...more: string[]) => {
		const { code, err } = await run('resolve', file, ...more, '--truth', desk.write('truth.csv', truth), '--json', desk.path('figures.json'));
		return { code, err, truth: (JSON.parse(desk.read('figures.json')) as { truth: object }).truth };
	};

	it('counts only the rows that it names, by source and ID', async () => {
		const { truth, err } = await figures('source,source_id,person_id\npeople,1,A\npeople,2,A\npeople,3,B\npeople,4,B\nother,5,B\n');
		expect(truth).toMatchObject({ records: 4, missing: 1, truePairs: 2, foundPairs: 1, correctPairs: 1, precision: 1, recall: 0.5 });
		expect(err).toMatch(/precision\s+1\.0000\n\s+recall\s+0\.5000/);
	});

	it('needs no source where IDs are of one source', async () => {
		expect((await figures('id,cluster\n1,A\n2,B\n')).truth).toMatchObject({ records: 2, truePairs: 0, foundPairs: 1, precision: 0 });
	});

	it('says so when it names none of the rows', async () => {
		expect((await figures('source,source_id,person_id\nelsewhere,1,A\n')).err).toContain('No row of the input is named in the truth');
	});

	it('refuses an ID that two sources have, and a record named twice', async () => {
		const other = desk.write('other.csv', 'id,email\n1,zoe@hooli.io\n');
		const twice = await run('resolve', file, other, '--truth', desk.write('t.csv', 'id,cluster\n1,A\n'));
		expect([twice.code, twice.err]).toEqual([2, expect.stringMatching(/line 2: this ID is that of records in two sources/)]);
		const repeated = await run('resolve', file, '--truth', desk.write('t.csv', 'id,cluster\n1,A\n1,B\n'));
		expect([repeated.code, repeated.err]).toEqual([2, expect.stringMatching(/lines 2 and 3: two rows name the same record/)]);
	});

	it('gives figures of a public data set that agree with its clusters', async () => {
		const data = join(__dirname, '../../../../shared/data/er/splink/fake_1000.csv');
		if (!existsSync(data)) {
			console.info('fake_1000.csv is not on this machine, so the command was not compared with it.');
			return;
		}
		await run('resolve', data, '--truth', data, '--out', desk.path('fake.csv'), '--json', desk.path('fake.json'));
		const rows = parse<{ unique_id: string; cluster: string }>(readFileSync(data, 'utf8'), { columns: true });
		const who = new Map(rows.map((row) => [row.unique_id, row.cluster]));
		const clusters = clustersIn(desk.read('fake.csv'));
		expect(clusters).toHaveLength(who.size);
		const records = clusters.map(({ source_id, canonical_id }) => [who.get(source_id) ?? '', canonical_id] as const);
		expect((JSON.parse(desk.read('fake.json')) as { truth: object }).truth).toMatchObject(byAllPairs(records));
	});
});
