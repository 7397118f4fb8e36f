import { existsSync, realpathSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
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
		const place = placeOf(path);
		const earlier = taken.get(place);
		const isRead = use === 'an input file' || use === '--truth' || use === '--model';
		if (earlier !== undefined && !isRead) throw new CliError(`${path} is named as ${earlier} and as ${use}. Give ${use} another file.`);
		taken.set(place, use);
	}
}

/** Whatever links lead to a file, there or yet to be made, it is one place. */
function placeOf(path: string): string {
	try {
		return realpathSync(path);
	} catch {
		const folder = dirname(resolve(path));
		return existsSync(folder) ? join(realpathSync(folder), basename(path)) : resolve(path);
	}
}
