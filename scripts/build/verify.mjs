import { spawnSync } from 'node:child_process';
import { buildSync } from 'esbuild';
import { dirname, join, resolve, sep } from 'node:path';
import { filesBelow, isBuiltin } from './sources.mjs';

/** Loads each built file as n8n does, and refuses what an installed package would not find. Runs in a process of its own. */
const loadAll = `
const Module = require('node:module');
const { sep } = require('node:path');
const dist = process.argv[1];
const load = Module._load;
Module._load = function (name, parent, isMain) {
	const own = parent && parent.filename && parent.filename.startsWith(dist + sep);
	if (own && !Module.isBuiltin(name) && name !== 'n8n-workflow' && !Module._resolveFilename(name, parent, isMain).startsWith(dist + sep)) {
		throw new Error(parent.filename + ' requires "' + name + '"');
	}
	return load.apply(this, arguments);
};
for (const file of process.argv.slice(2)) {
	const loaded = require(file);
	const name = /([^/\\\\]+)\\.(node|credentials)\\.js$/.exec(file);
	if (name && typeof loaded[name[1]] !== 'function') throw new Error(file + ' must export a class named ' + name[1] + ', as its file');
	if (name) new loaded[name[1]]();
}
`;

/** Throws with file and name when a built file requires anything but Node's own modules, n8n-workflow and its neighbours, or doesn't load. */
export function checkRequires(root, dist) {
	const files = filesBelow(dist, '.', '.js').map((file) => join(dist, file));
	const { metafile } = buildSync({
		entryPoints: files,
		bundle: true,
		external: ['./*', '../*'],
		packages: 'external',
		write: false,
		metafile: true,
		platform: 'node',
		outdir: join(root, '.cache', 'verify'),
		logLevel: 'silent',
		absWorkingDir: root,
	});
	const found = (file, path) => isBuiltin(path) || path === 'n8n-workflow' || (path.startsWith('.') && resolve(root, dirname(file), path).startsWith(dist + sep));
	const bad = Object.values(metafile.outputs).flatMap(({ entryPoint, imports }) =>
		imports.filter(({ path }) => !found(entryPoint, path)).map(({ path }) => `${entryPoint} requires "${path}"`),
	);
	if (bad.length > 0) throw new Error(`dist would not load where it is installed, for it has no node_modules:\n  ${bad.join('\n  ')}`);

	const loadable = files.filter((file) => !file.includes(`${sep}cli${sep}`) && !file.endsWith('.worker.js'));
	const run = spawnSync(process.execPath, ['--no-warnings', '-e', loadAll, dist, ...loadable], { cwd: root, encoding: 'utf8', timeout: 60_000 });
	if (run.status !== 0) throw new Error(`A built file doesn't load:\n${(run.stderr || String(run.error)).split('\n').slice(0, 12).join('\n')}`);
}
