import { existsSync, readdirSync, statSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, relative, resolve, sep } from 'node:path';

/** Files below a folder whose name ends so, as paths from the root with `/`, sorted. */
export function filesBelow(root, folder, ending) {
	const start = join(root, folder);
	if (!existsSync(start)) return [];
	return readdirSync(start, { recursive: true })
		.map((name) => `${folder}/${String(name).split(sep).join('/')}`)
		.filter((file) => file.endsWith(ending) && !file.endsWith('.test.ts') && !file.endsWith('.d.ts') && statSync(join(root, file)).isFile())
		.sort();
}

export function isBuiltin(name) {
	return name.startsWith('node:') || builtinModules.includes(name);
}

/** The file that an import without extension means, or undefined. */
function sourceFile(path) {
	return [path, `${path}.ts`, join(path, 'index.ts'), `${path}.json`].find((candidate) => existsSync(candidate) && statSync(candidate).isFile());
}

/**
 * Keeps nodes, credentials and the command line out of lib's bundle and lib out of theirs: an import of lib becomes a
 * require of the one built file, an import of another node's or credential's file a require of that file.
 * `bundleOwn` takes the file's own folder and its packages into the output (the command line) or not (nodes).
 */
export function outOfSource({ root, dist, libFile, bundleOwn }) {
	const lib = join(root, 'lib');
	const required = (importer, target) => {
		// All files of the command line end up in one, directly in its folder.
		const from = bundleOwn ? join(dist, relative(root, importer).split(sep)[0]) : dirname(join(dist, relative(root, importer)));
		const path = relative(from, target).split(sep).join('/');
		return { path: path.startsWith('.') ? path : `./${path}`, external: true };
	};
	return {
		name: 'out-of-source',
		setup(esbuild) {
			esbuild.onResolve({ filter: /.*/ }, (args) => {
				if (args.kind === 'entry-point' || args.importer.includes(`${sep}node_modules${sep}`)) return undefined;
				if (isBuiltin(args.path) || args.path === 'n8n-workflow') return { path: args.path, external: true };
				if (!args.path.startsWith('.')) {
					if (bundleOwn) return undefined;
					return { errors: [{ text: `Nodes and credentials have no packages of their own: reach "${args.path}" through lib/index.ts.` }] };
				}
				const file = sourceFile(resolve(args.resolveDir, args.path));
				if (!file) return undefined;
				if (file === join(lib, 'index.ts')) return required(args.importer, libFile);
				if (file.startsWith(lib + sep)) {
					return { errors: [{ text: `Import values of lib from its barrel, lib/index.ts, not from ${relative(root, file)}: dist has the barrel only.` }] };
				}
				if (bundleOwn || file.endsWith('.json')) return undefined;
				return required(args.importer, join(dist, relative(root, file)).replace(/\.ts$/, '.js'));
			});
		},
	};
}
