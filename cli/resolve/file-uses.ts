import { resolve } from 'node:path';
import { CliError } from '../cli-error';

/** Files that a command names, beside those with rows. */
export interface NamedFiles {
	out?: string;
	json?: string;
	rejected?: string;
	report?: string;
	/** Where it is a file. */
	store?: string;
	truth?: string;
	model?: string;
}

/** No file may be written that is read as well, and none twice. @throws CliError */
export function refuseOverwriting(paths: readonly string[], { out, json, rejected, report, store, truth, model }: NamedFiles): void {
	const taken = new Map<string, string>();
	const read = [...paths.map((path) => ['an input file', path]), ['--truth', truth], ['--model', model]] as const;
	const uses = [...read, ['--store', store], ['--out', out], ['--json', json], ['--rejected', rejected], ['--report', report]] as const;
	for (const [use, path] of uses) {
		if (path === undefined) continue;
		const earlier = taken.get(resolve(path));
		const isRead = use === 'an input file' || use === '--truth' || use === '--model';
		if (earlier !== undefined && !isRead) throw new CliError(`${path} is named as ${earlier} and as ${use}. Give ${use} another file.`);
		taken.set(resolve(path), use);
	}
}
