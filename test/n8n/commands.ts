import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { environment, freePort } from './environment';
import { nodeBinary, repositoryRoot } from './install';

/**
 * Runs n8n's own command line on a user folder and returns what it printed on standard output.
 * Rejects with its output when it fails or takes longer than `timeoutMs` (90,000 when left out).
 */
export async function n8nCommand(userFolder: string, args: string[], options: { env?: Record<string, string>; timeoutMs?: number } = {}): Promise<string> {
	const timeoutMs = options.timeoutMs ?? 90_000;
	const child = spawn(nodeBinary(), [join(repositoryRoot, 'node_modules', 'n8n', 'bin', 'n8n'), ...args], {
		cwd: userFolder,
		stdio: ['ignore', 'pipe', 'pipe'],
		env: { ...environment(userFolder, { brokerPort: await freePort() }), ...options.env },
	});
	let out = '';
	let all = '';
	child.stdout.on('data', (chunk: Buffer) => {
		out += chunk.toString();
		all += chunk.toString();
	});
	child.stderr.on('data', (chunk: Buffer) => {
		all += chunk.toString();
	});
	const what = `n8n ${args.join(' ')}`;
	return await new Promise((resolve, reject) => {
		const timer = setTimeout(() => {
			child.kill('SIGKILL');
			reject(new Error(`"${what}" took longer than ${timeoutMs / 1000} s. The end of its output:\n${all.slice(-4000)}`));
		}, timeoutMs);
		child.once('error', reject);
		child.once('close', (code) => {
			clearTimeout(timer);
			// n8n's import commands report some failures on their output and still end with 0.
			const failed = code !== 0 || /An error occurred|Error importing|error updating database/i.test(all);
			if (failed) reject(new Error(`"${what}" failed with code ${code}. The end of its output:\n${all.slice(-4000)}`));
			else resolve(out);
		});
	});
}

/** A credential as n8n imports it: `data` in the clear, encrypted by n8n. Workflows refer to it by `id` and `name`. */
export interface CredentialFile {
	id: string;
	name: string;
	type: string;
	data: Record<string, unknown>;
}

/** Imports a JSON file with a credential or a list of them. n8n must not be running. */
export async function importCredentials(userFolder: string, file: string): Promise<void> {
	await n8nCommand(userFolder, ['import:credentials', `--input=${file}`]);
}

/** Imports credentials given as values; they are on disk in the clear only while n8n reads them. */
export async function importCredentialValues(userFolder: string, credentials: CredentialFile[]): Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), 'customer360-credentials-'));
	try {
		const file = join(folder, 'credentials.json');
		writeFileSync(file, JSON.stringify(credentials), { mode: 0o600 });
		await importCredentials(userFolder, file);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

/** Imports a JSON file with a workflow or a list of them; their IDs are kept. A workflow needs an `id`. */
export async function importWorkflow(userFolder: string, file: string): Promise<void> {
	await n8nCommand(userFolder, ['import:workflow', `--input=${file}`]);
}

/** Publishes a workflow's current version. Takes effect when n8n starts. */
export async function publishWorkflow(userFolder: string, id: string): Promise<void> {
	await n8nCommand(userFolder, ['publish:workflow', `--id=${id}`]);
}

/** Runs a workflow once without the server, by its manual trigger, and returns n8n's run data. */
export async function executeWorkflow(userFolder: string, id: string, timeoutMs?: number): Promise<unknown> {
	const printed = await n8nCommand(userFolder, ['execute', `--id=${id}`, '--rawOutput'], { timeoutMs });
	const start = printed.indexOf('{');
	if (start < 0) throw new Error(`n8n execute --id=${id} printed no JSON:\n${printed.slice(-2000)}`);
	return JSON.parse(printed.slice(start)) as unknown;
}
