import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { mappingOf, rawOf } from '../../../cli/columns/fields';
import { readRows } from '../../../cli/csv/rows';
import { openInputs } from '../../../cli/resolve/input';
import { refKey, type IdentityModel, type SourceRecord } from '../../../lib/domain';
import { defaultModel } from '../../../lib/identity';
import { toComparable, trainMatching } from '../../../lib/match';
import { normalizeRecord } from '../../../lib/normalize';
import { closeAllStores } from '../../../lib/store';
import { temporaryStores, type Walk } from './given';

const newStore = temporaryStores();
const FOLDER = join(__dirname, '../../../../shared/data/er');
const FINAL = '2026-01-09T00:00:00.000Z';

interface FileCase {
	file: string;
	idColumn: string;
	hidden: readonly string[];
	permutations: number;
	/** Sizes of the batches, over and over, begun at another place in each permutation. */
	sizes: readonly number[];
}
const cases: FileCase[] = [
	{ file: 'senzing_load1/customers.csv', idColumn: 'RECORD_ID', hidden: [], permutations: 100, sizes: [1, 1, 40, 3, 17, 2, 60] },
	{ file: 'splink/fake_1000.csv', idColumn: 'unique_id', hidden: ['cluster'], permutations: 20, sizes: [1, 220, 1, 7, 500, 1, 50, 3] },
];

/** The file's rows as the command line reads them. */
async function recordsOf({ file, idColumn, hidden }: FileCase): Promise<SourceRecord[]> {
	const [input] = await openInputs([join(FOLDER, file)], { map: hidden.map((column) => `${column}=-`), idColumn, sources: [] });
	if (!input) throw new Error('no input');
	const records: SourceRecord[] = [];
	for await (const row of readRows(input.csv)) {
		const { cells } = row;
		const kind = input.kinds.of(row);
		const [system, sourceId] = [input.sourceColumn ? (cells[input.sourceColumn.index] ?? '') : input.source, cells[input.idColumn?.index ?? 0] ?? ''];
		const raw = { system, object: kind, sourceId, version: '3', updatedAt: FINAL, raw: rawOf(input.fields, cells) };
		const { record } = normalizeRecord(raw, mappingOf(input.fields, system, kind, 'US'), { defaultCountry: 'US' });
		if (record) records.push(record);
	}
	return records;
}

/** Numbers from 0 to 1 that are the same for the same seed. */
function dice(seed: number): () => number {
	let state = seed * 2_654_435_761 + 1;
	return () => {
		state = (Math.imul(state ^ (state >>> 15), 2_246_822_519) + 0x9e3779b9) >>> 0;
		return state / 2 ** 32;
	};
}

/** Each record in its last version; every eighth also as it was before, and as deleted in between, in any order. */
function arrivals(records: readonly SourceRecord[], random: () => number): SourceRecord[] {
	const versions = records.flatMap((record, index) => {
		if (index % 8 !== 0) return [record];
		const former = { ...record, version: '1', updatedAt: '2026-01-01T00:00:00.000Z', attributes: {}, identifiers: records[index + 1]?.identifiers ?? record.identifiers };
		return [former, { ...record, version: '2', updatedAt: '2026-01-05T00:00:00.000Z', deleted: true }, record];
	});
	return versions.map((record) => ({ record, at: random() })).sort((x, y) => x.at - y.at).map(({ record }) => record);
}

async function feed(walk: Walk, records: readonly SourceRecord[], sizes: readonly number[]): Promise<void> {
	let turn = 0;
	for (let at = 0; at < records.length; ) {
		const size = sizes[turn % sizes.length] as number;
		turn += 1;
		await walk.match(...records.slice(at, at + size));
		at += size;
	}
	await walk.build();
}

/** Everything but IDs and times of the run, which do depend on the order of arrival. */
async function outcome(walk: Walk): Promise<{ clusters: string[]; golden: string[] }> {
	const golden = (await walk.profiles()).map(({ attributes, identifiers, consent, metrics, segments, records }) =>
		JSON.stringify([records.map(refKey), attributes, identifiers, consent, metrics, segments]),
	);
	return { clusters: await walk.clusters(), golden: golden.sort() };
}

jest.setTimeout(300_000);

test.each(cases)('$permutations permutations of $file give the same clusters and golden records', async (one) => {
	if (!existsSync(join(FOLDER, one.file))) {
		console.info(`${one.file} is not beside this repository, so there is nothing to check against.`);
		return;
	}
	const records = await recordsOf(one);
	const base = defaultModel([...new Set(records.map(({ system }) => system))]);
	const comparables = records.map((record, index) => toComparable(record, index + 1, base));
	const model: IdentityModel = { ...base, matching: trainMatching(comparables, { seed: 1, base: base.matching, identifiers: base.identifiers }) };
	const first = await newStore(model);
	await feed(first, records, [records.length]);
	const expected = await outcome(first);
	expect(expected.clusters.length).toBeLessThan(records.length);
	for (let permutation = 1; permutation <= one.permutations; permutation += 1) {
		const walk = await newStore(model);
		const turned = permutation % one.sizes.length;
		await feed(walk, arrivals(records, dice(permutation)), [...one.sizes.slice(turned), ...one.sizes.slice(0, turned)]);
		expect(await outcome(walk)).toEqual(expected);
		if (permutation === one.permutations) expect(await walk.problems()).toEqual([]);
		await closeAllStores();
	}
});
