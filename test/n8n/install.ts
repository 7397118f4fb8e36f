import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The checkout that this file is in. */
export const repositoryRoot = resolve(__dirname, '..', '..');

/** The Node binary that n8n runs on: the one that the package `node` brings, else the one that runs this. */
export function nodeBinary(): string {
	const own = join(repositoryRoot, 'node_modules', 'node', 'bin', 'node');
	return existsSync(own) ? own : process.execPath;
}

/** Folder in which n8n keeps its database, settings and community packages for a given N8N_USER_FOLDER. */
export function n8nFolder(userFolder: string): string {
	return join(userFolder, '.n8n');
}

interface Manifest {
	name: string;
	version: string;
}

/**
 * Installs the package into an n8n user folder as n8n does it: the tarball that would be published, unpacked, with nothing
 * installed beside it. Builds first when a source has changed. Returns the folder it was put in.
 */
export async function installPackage(userFolder: string, packageRoot = repositoryRoot): Promise<string> {
	const manifest = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as Manifest;
	const node = nodeBinary();
	await run(node, [join(packageRoot, 'scripts', 'build.mjs'), '--once'], { cwd: packageRoot, timeout: 120_000 });

	const nodes = join(n8nFolder(userFolder), 'nodes');
	const target = join(nodes, 'node_modules', manifest.name);
	const packed = mkdtempSync(join(tmpdir(), 'customer360-pack-'));
	try {
		const path = [join(repositoryRoot, 'node_modules', 'node', 'bin'), process.env.PATH].join(':');
		const { stdout } = await run('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', packed], {
			cwd: packageRoot,
			env: { ...process.env, PATH: path },
			timeout: 120_000,
		});
		const tarball = stdout.trim().split('\n').at(-1);
		if (!tarball) throw new Error(`npm pack in ${packageRoot} named no tarball.`);
		rmSync(target, { recursive: true, force: true });
		mkdirSync(target, { recursive: true });
		await run('tar', ['-xzf', join(packed, tarball), '-C', target, '--strip-components=1'], { timeout: 60_000 });
	} finally {
		rmSync(packed, { recursive: true, force: true });
	}
	const installed = { name: 'installed-nodes', private: true, dependencies: { [manifest.name]: manifest.version } };
	writeFileSync(join(nodes, 'package.json'), JSON.stringify(installed, null, '\t'));
	return target;
}
