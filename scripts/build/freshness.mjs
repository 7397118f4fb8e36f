import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { filesBelow } from './sources.mjs';

const place = (root) => join(root, '.cache', 'build-hash');

/** One hash over everything that the build reads. */
export function hashOf(root) {
	const hash = createHash('sha256');
	const files = ['lib', 'nodes', 'credentials', 'cli', 'scripts/build'].flatMap((folder) => filesBelow(root, folder, ''));
	for (const file of [...files, 'scripts/build.mjs', 'package.json', 'package-lock.json', 'tsconfig.json']) {
		if (existsSync(join(root, file))) hash.update(`${file}\0`).update(readFileSync(join(root, file))).update('\0');
	}
	return hash.digest('hex');
}

/** The hash of the sources that `dist` was built from; undefined when it was never built. */
export function readLastBuild(root) {
	return existsSync(place(root)) ? readFileSync(place(root), 'utf8') : undefined;
}

export function rememberBuild(root, hash) {
	mkdirSync(dirname(place(root)), { recursive: true });
	writeFileSync(place(root), hash);
}
