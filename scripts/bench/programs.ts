import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import type { WriterFigures, WriterOrder } from './writer';

/** What `customer360 ingest --json` tells, and the most memory that it took. */
export interface IngestRun {
	rows: number;
	seconds: number;
	unchanged: number;
	steps: { step: string; seconds: number }[];
	peakMemoryMb: number;
}

/** Runs the built command line on these files with the shipped weights. */
export async function ingest(folder: string, files: readonly string[], store: string): Promise<IngestRun> {
	const [json, peak] = [join(folder, 'ingest.json'), join(folder, 'peak')];
	const program = ['-r', join(__dirname, 'peak-memory.cjs'), join(__dirname, '../../dist/cli/customer360.js')];
	await run([...program, 'ingest', ...files, '--store', store, '--type', 'person', '--no-train', '--json', json], { CUSTOMER360_BENCH_PEAK: peak });
	return { ...(JSON.parse(readFileSync(json, 'utf8')) as IngestRun), peakMemoryMb: Number(readFileSync(peak, 'utf8')) };
}

/** The writer as one file of plain JavaScript, so that reading TypeScript is no part of what it takes. */
export function buildWriter(folder: string): string {
	const outfile = join(folder, 'writer.cjs');
	buildSync({ entryPoints: [join(__dirname, 'writer.ts')], bundle: true, platform: 'node', target: 'node22', outfile, external: ['pg-native'], logLevel: 'error' });
	return outfile;
}

/**
 * Where the machine has room V8 lets garbage lie until the heap has grown several times over, and what a process takes says little of what it needs.
 * To collect it sooner takes time, so only a run whose memory is asked for is bounded so.
 */
const BOUNDED_GARBAGE = ['--max-semi-space-size=8', '--heap-growing-percent=100'];

export async function write(writer: string, order: WriterOrder, asked: 'speed' | 'speed and memory'): Promise<WriterFigures> {
	const output = await run([...(asked === 'speed' ? [] : BOUNDED_GARBAGE), writer, JSON.stringify(order)]);
	return JSON.parse(output.trim().split('\n').at(-1) ?? '') as WriterFigures;
}

/** @throws Error with what the program said when it fails */
function run(args: readonly string[], environment: Record<string, string> = {}): Promise<string> {
	return new Promise((resolve, reject) => {
		const child = spawn(process.execPath, args, { env: { ...process.env, ...environment }, stdio: ['ignore', 'pipe', 'pipe'] });
		const [output, complaints]: [Buffer[], Buffer[]] = [[], []];
		child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
		child.stderr.on('data', (chunk: Buffer) => complaints.push(chunk));
		child.on('error', reject);
		child.on('exit', (code) => {
			if (code === 0) resolve(Buffer.concat(output).toString());
			else reject(new Error(`${args.find((argument) => argument.includes('.')) ?? 'a program'} ended with ${code}: ${Buffer.concat(complaints).toString().slice(-3000)}`));
		});
	});
}
