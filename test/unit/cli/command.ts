import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { parse } from 'csv-parse/sync';
import { runCommandLine } from '../../../cli/program';

export interface Ended {
	code: number;
	out: string;
	err: string;
}

/** Runs a command as the terminal would, in this process. */
export async function run(...args: string[]): Promise<Ended> {
	const [stdout, stderr] = [new Collector(), new Collector()];
	const code = await runCommandLine(args, { stdout, stderr });
	return { code, out: stdout.text, err: stderr.text };
}

class Collector extends Writable {
	text = '';

	override _write(chunk: Buffer, _: BufferEncoding, done: () => void): void {
		this.text += chunk.toString();
		done();
	}
}

/** A folder for one test file's files. */
export class Desk {
	readonly folder = mkdtempSync(join(tmpdir(), 'customer360-cli-test-'));

	path(name: string): string {
		return join(this.folder, name);
	}

	write(name: string, content: string | Buffer): string {
		writeFileSync(this.path(name), content);
		return this.path(name);
	}

	read(name: string): string {
		return readFileSync(this.path(name), 'utf8');
	}

	clear(): void {
		rmSync(this.folder, { recursive: true, force: true });
	}
}

export interface Cluster {
	source: string;
	source_id: string;
	canonical_id: string;
}

export function clustersIn(csv: string): Cluster[] {
	return parse<Cluster>(csv, { columns: true });
}

/** The IDs of rows, grouped as the clusters say, in order of the rows: `[['1', '2'], ['3']]`. */
export function groupsIn(csv: string): string[][] {
	const groups = new Map<string, string[]>();
	for (const { source_id, canonical_id } of clustersIn(csv)) groups.set(canonical_id, [...(groups.get(canonical_id) ?? []), source_id]);
	return [...groups.values()];
}
