/**
 * Builds `dist`: what people install. `lib` becomes one file with everything it depends on; nodes and credentials stay
 * one file each and share that one, so that the store's handles and the rate limiters exist once in the process.
 *
 * `--once` does nothing when no source has changed since the last build.
 */
import { build } from 'esbuild';
import { chmodSync, cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hashOf, readLastBuild, rememberBuild } from './build/freshness.mjs';
import { checkManifest } from './build/manifest.mjs';
import { thirdPartyNotices } from './build/notices.mjs';
import { filesBelow, outOfSource } from './build/sources.mjs';
import { inTurn } from './build/turn.mjs';
import { checkRequires } from './build/verify.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const dist = join(root, 'dist');
const libFile = join(dist, 'lib', 'index.js');
const CLI = 'cli/customer360.ts';

/** Node's version is looked at before anything is loaded, so that an older one gets a sentence and not a stack trace. */
const cliBanner = [
	"'use strict';",
	'(function () {',
	"	var version = process.versions.node.split('.').map(Number);",
	'	var tooOld = version[0] < 22 || (version[0] === 22 && version[1] < 13);',
	"	var hasSqlite = !tooOld && require('node:module').isBuiltin('node:sqlite');",
	'	if (hasSqlite) return;',
	"	var why = tooOld ? 'is older than 22.13' : 'was built without node:sqlite';",
	"	console.error('customer360 needs Node.js 22.13 or newer with node:sqlite; this is ' + process.version + ' (' + process.execPath + '), which ' + why + '. Install Node.js 24 from https://nodejs.org and run the command again.');",
	'	process.exit(1);',
	'})();',
].join('\n');

const base = {
	absWorkingDir: root,
	bundle: true,
	platform: 'node',
	format: 'cjs',
	target: 'node22',
	logLevel: 'warning',
	metafile: true,
	sourcemap: false,
	alias: { 'pg-native': './scripts/build/no-pg-native.cjs' },
};

async function buildAll() {
	const nodeFiles = filesBelow(root, 'nodes', '.ts');
	const credentialFiles = filesBelow(root, 'credentials', '.ts');
	const workers = filesBelow(root, 'lib', '.worker.ts');

	checkManifest(root, nodeFiles, credentialFiles);
	rmSync(dist, { recursive: true, force: true });
	mkdirSync(dist, { recursive: true });

	const results = await Promise.all([
		build({ ...base, entryPoints: ['lib/index.ts'], outfile: libFile, external: ['n8n-workflow'], legalComments: 'external' }),
		...workers.map((file) =>
			// A worker thread has its own copy of everything, so its file stands alone, beside lib's.
			build({ ...base, entryPoints: [file], outfile: join(dist, 'lib', file.split('/').at(-1).replace(/\.ts$/, '.js')), legalComments: 'external' }),
		),
		build({
			...base,
			entryPoints: [...nodeFiles, ...credentialFiles],
			outbase: root,
			outdir: dist,
			plugins: [outOfSource({ root, dist, libFile, bundleOwn: false })],
		}),
		build({
			...base,
			target: 'node14',
			entryPoints: [CLI],
			outbase: root,
			outdir: dist,
			legalComments: 'external',
			banner: { js: cliBanner },
			plugins: [outOfSource({ root, dist, libFile, bundleOwn: true })],
		}),
	]);

	for (const file of [...filesBelow(root, 'nodes', '.svg'), ...filesBelow(root, 'nodes', '.node.json'), ...filesBelow(root, 'credentials', '.svg')]) {
		cpSync(join(root, file), join(dist, file));
	}
	chmodSync(join(dist, CLI.replace(/\.ts$/, '.js')), 0o755);
	writeFileSync(join(dist, 'THIRD-PARTY-NOTICES.txt'), thirdPartyNotices(root, results.map((result) => result.metafile)));
	checkRequires(root, dist);
	return nodeFiles.filter((file) => file.endsWith('.node.ts')).length;
}

/** Looks when its turn has come: another process may have built the same sources meanwhile. */
async function buildWhatIsOld() {
	const hash = hashOf(root);
	if (process.argv.includes('--once') && existsSync(libFile) && readLastBuild(root) === hash) return;
	const started = Date.now();
	const nodes = await buildAll();
	rememberBuild(root, hash);
	process.stdout.write(`Built dist: ${nodes} nodes in ${((Date.now() - started) / 1000).toFixed(1)} s\n`);
}

try {
	await inTurn(root, buildWhatIsOld);
} catch (error) {
	// esbuild has printed its own errors with file and line.
	process.stderr.write(`Build failed. ${error.errors ? '' : error.message}\n`);
	process.exitCode = 1;
}
