import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { aligned } from '../cli/terminal';
import { OwnServer } from '../test/postgres/server';
import { writeContacts } from './bench/contacts';
import { floorOfPostgres } from './bench/floor-postgres';
import { EMPTY, floorOfSqlite, markOf } from './bench/floor-sqlite';
import { eventLatency, lookUpLatency } from './bench/latency';
import { buildWriter, ingest, write } from './bench/programs';
import { writeBackCalls } from './bench/write-back';
import { runScript, wholeNumber } from './run-script';

interface Line {
	what: string;
	figure: string;
	floor: string;
	ratio: string;
	goal: string;
}

/** Records that come on top of a full store. */
const MORE = 10_000;
const BATCH = 1000;
/** As `customer360 ingest` writes them. */
const BULK_BATCH = 2500;

/**
 * Measures the store by what nodes and the command line do, each figure beside its floor from the same run: the same rows, written and looked up
 * by bare prepared statements without any matching. Prints one table.
 */
async function main(): Promise<void> {
	const { values } = parseArgs({ options: { records: { type: 'string', default: '100000' }, postgres: { type: 'string', default: '30000' } } });
	const [size, postgresSize] = [wholeNumber(values.records, '--records'), wholeNumber(values.postgres, '--postgres')];
	const folder = mkdtempSync(join(tmpdir(), 'customer360-bench-'));
	const lines: Line[] = [];
	try {
		const writer = buildWriter(folder);
		await embedded(folder, writer, size, lines);
		await postgres(folder, writer, postgresSize, lines);
		const calls = await writeBackCalls();
		lines.push({ what: '10,000 profiles, 500 changed, to a HubSpot look-alike', figure: `${calls.changed} write calls, then ${calls.again}`, floor: '', ratio: '', goal: '5, then 0' });
		const rows = lines.map(({ what, figure, floor, ratio, goal }) => [what, figure, floor, ratio, goal]);
		process.stdout.write(`\n${aligned([['what', 'measured', 'floor', 'ratio', 'to reach'], ...rows]).join('\n')}\n`);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

async function embedded(folder: string, writer: string, size: number, lines: Line[]): Promise<void> {
	const file = join(folder, 'identity.sqlite');
	say(`Making ${size} contacts of five systems`);
	const { files, rows } = writeContacts(join(folder, 'contacts'), 1, size);
	const more = writeContacts(join(folder, 'more'), 2, MORE);

	say(`First load of ${rows} rows`);
	const first = await ingest(folder, files, file);
	tell('first load', first);
	const bulkFloor = floorOfSqlite(file, join(folder, 'bulk-floor.sqlite'), EMPTY, BULK_BATCH) / 1000;
	lines.push(line(`first load, ${rows} rows`, first.rows, first.seconds, bulkFloor, 'at most 2'));
	lines.push({ what: '  memory of the process', figure: `${first.peakMemoryMb.toFixed(0)} MB`, floor: '', ratio: '', goal: 'under 1,500 MB' });

	say(`The same rows again`);
	const again = await ingest(folder, files, file);
	lines.push({ what: 'the same rows again, unchanged', figure: `${again.seconds.toFixed(1)} s`, floor: '', ratio: `${(first.seconds / again.seconds).toFixed(1)} times as fast`, goal: 'at least 3 times' });

	say(`${more.rows} more rows, ${BATCH} a transaction`);
	const [before, mark] = [join(folder, 'before.sqlite'), markOf(file)];
	copyFileSync(file, before);
	const added = await write(writer, { store: { file }, files: more.files, batch: BATCH, share: { of: 1, index: 0 } }, 'speed and memory');
	tell('incremental', added);
	lines.push(line(`incremental, into ${mark.record} records`, added.records, added.seconds, floorOfSqlite(file, before, mark, BATCH) / 1000, 'at most 2'));
	lines.push({ what: '  memory of the process', figure: `${added.peakMemoryMb.toFixed(0)} MB`, floor: '', ratio: '', goal: 'under 500 MB' });

	say('Single events and look-ups');
	const event = await eventLatency(file);
	lines.push(milliseconds('one event to its profile, p95', event, 'at most 10'));
	lines.push(milliseconds('profile by an email, p99', await lookUpLatency(file), 'at most 10'));
}

async function postgres(folder: string, writer: string, size: number, lines: Line[]): Promise<void> {
	const { files, rows } = writeContacts(join(folder, 'for-postgres'), 3, size);
	const server = await OwnServer.start();
	try {
		const seconds = new Map<number, number>();
		for (const writers of [1, 4]) {
			say(`PostgreSQL: ${rows} rows with ${writers === 1 ? 'one writer' : `${writers} writers`}`);
			const schema = `bench_${writers}`;
			const runs = await Promise.all(
				Array.from({ length: writers }, (_, index) => write(writer, { store: { url: server.url, schema }, files, batch: BATCH, share: { of: writers, index } }, 'speed')),
			);
			// They begin at about one time, after each has read its files; together they take as long as the slowest.
			const wall = Math.max(...runs.map((run) => run.seconds));
			for (const run of runs.slice(0, 1)) tell(`PostgreSQL, ${writers}`, run);
			seconds.set(writers, wall);
			const floor = writers === 1 ? (await floorOfPostgres(server.url, schema, 'bench_floor', BATCH)) / 1000 : undefined;
			if (floor !== undefined) lines.push(line(`PostgreSQL, ${rows} rows, 1 writer`, rows, wall, floor, 'at most 2'));
			else lines.push({ what: `PostgreSQL, ${rows} rows, ${writers} writers`, figure: rate(rows, wall), floor: '', ratio: `${((seconds.get(1) ?? 0) / wall).toFixed(2)} of 1 writer's rate`, goal: 'at least 1' });
		}
	} finally {
		await server.end();
	}
}

function line(what: string, rows: number, seconds: number, floor: number, goal: string): Line {
	return { what, figure: rate(rows, seconds), floor: rate(rows, floor), ratio: (seconds / floor).toFixed(2), goal };
}

function milliseconds(what: string, { figure, floor }: { figure: number; floor: number }, goal: string): Line {
	return { what, figure: `${figure.toFixed(2)} ms`, floor: `${floor.toFixed(3)} ms`, ratio: (figure / floor).toFixed(1), goal };
}

function rate(rows: number, seconds: number): string {
	return `${Math.round(rows / seconds)} records/s`;
}

/** Where the time went. */
function tell(what: string, { seconds, steps }: { seconds: number; steps: readonly { step: string; seconds: number }[] }): void {
	say(`  ${what}: ${seconds.toFixed(1)} s (${steps.map((one) => `${one.step} ${one.seconds.toFixed(1)}`).join(', ')})`);
}

function say(text: string): void {
	process.stdout.write(`${text}\n`);
}

runScript(main);
