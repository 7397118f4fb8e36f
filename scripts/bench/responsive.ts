import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { getPriority, setPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { aligned } from '../../cli/terminal';
import { closeAllStores, type IdentityStore, openStore, SYSTEMS } from '../../lib';
import { importCredentialValues, installPackage, type Session, setupOwner, startN8n } from '../../test/n8n/program';
import { runScript, wholeNumber } from '../run-script';
import { startAudience } from './responsive/audience';
import { type Phase, PHASES, SOURCE_NODE, workflowOf } from './responsive/phases';

/** How long n8n is watched while it has nothing to do. Milliseconds. */
const IDLE_MS = 10_000;
/** One phase may take so long. Milliseconds. */
const PATIENCE_MS = 30 * 60_000;
const HEALTH_EVERY_MS = 250;

interface Watched {
	name: string;
	from: number;
	to: number;
	/** Answers of /healthz, milliseconds. */
	health: number[];
}

/**
 * Measures how late a timer of 5 ms is on the main thread of a real n8n, idle and while a source's members are ingested by nodes and directly,
 * and how fast /healthz answers meanwhile. The first argument is the number of members, 100,000 when left out; further ones name the phases.
 */
async function main(members: number, chosen: readonly string[]): Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), 'customer360-responsive-'));
	const file = join(folder, 'late.jsonl');
	const audience = await startAudience(members);
	let n8n: Awaited<ReturnType<typeof startN8n>> | undefined;
	try {
		await installPackage(folder);
		await importCredentialValues(folder, [
			{ id: 'mailchimp', name: 'Mailchimp', type: 'customer360MailchimpApi', data: { ...audience.credentials } },
			...PHASES.map(({ id }) => ({ id: `store${id}`, name: `store ${id}`, type: 'customer360StoreApi', data: { type: 'sqlite', file: storeFile(folder, id) } })),
		]);
		const probe = join(__dirname, 'responsive', 'late-timer.cjs');
		n8n = await startN8n({ userFolder: folder, env: { NODE_OPTIONS: [`--require ${probe}`, process.env.N8N_NODE_OPTIONS ?? ''].join(' '), LATE_TIMER_FILE: file } });
		// The look-alike answers from this process, which nobody has on the machine of a real n8n.
		setPriority(0, Math.min(19, getPriority() + 10));
		const { url } = n8n;
		const session = await setupOwner(url);
		await pause(3000);
		const watched = [await watch('n8n with nothing to do', url, () => pause(IDLE_MS))];
		for (const phase of PHASES.filter(({ id }) => chosen.length === 0 || chosen.includes(id))) {
			const account = SYSTEMS.mailchimp?.account(audience.credentials) ?? '';
			watched.push(await watch(phase.name, url, () => run(session, phase, storeFile(folder, phase.id), account, members)));
			await pause(3000);
		}
		print(members, watched, readFileSync(file, 'utf8'));
	} catch (error) {
		process.stderr.write(`${n8n?.logText().slice(-3000) ?? ''}\n`);
		throw error;
	} finally {
		await closeAllStores();
		await n8n?.stop();
		await audience.server.close();
		rmSync(folder, { recursive: true, force: true });
	}
}

function storeFile(folder: string, phase: string): string {
	return join(folder, 'stores', `${phase}.sqlite`);
}

async function watch(name: string, url: string, work: () => Promise<void>): Promise<Watched> {
	const watched: Watched = { name, from: Date.now(), to: 0, health: [] };
	let asking: Promise<void> = Promise.resolve();
	const ask = async () => {
		const began = performance.now();
		const answer = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(10_000) });
		if (!answer.ok) throw new Error(`/healthz answered ${answer.status}`);
		await answer.arrayBuffer();
		watched.health.push(performance.now() - began);
	};
	const timer = setInterval(() => {
		asking = asking.then(ask);
	}, HEALTH_EVERY_MS);
	try {
		await work();
	} finally {
		clearInterval(timer);
	}
	await asking;
	return { ...watched, to: Date.now() };
}

/** Publishes the phase's workflow and waits until its source has come to its end and every profile is built. */
async function run(session: Session, phase: Phase, file: string, account: string, members: number): Promise<void> {
	const began = Date.now();
	const id = await session.createWorkflow(workflowOf(phase));
	await session.activate(id, 90_000);
	const store = await openStore({ file });
	const scope = `source:mailchimp:member@${account}#${id}:${SOURCE_NODE}`;
	for (;;) {
		const { cursor, records, waiting } = await look(store, scope);
		if (cursor?.backfilled === true && (phase.id === 'floor' || (records === members && waiting === 0))) break;
		if (Date.now() - began > PATIENCE_MS) throw new Error(`"${phase.name}" did not end: ${records} records, ${waiting} profiles wait`);
		await pause(500);
	}
	await session.deactivate(id);
	process.stderr.write(`${phase.name}: ${Math.round(members / ((Date.now() - began) / 1000))} records/s\n`);
}

async function look(store: IdentityStore, scope: string) {
	return store.read(async (tx) => ({
		cursor: (await tx.cursors.get(scope)) as { backfilled?: boolean } | null | undefined,
		records: (await tx.records.counts()).reduce((sum, { records }) => sum + records, 0),
		waiting: (await tx.profiles.waiting(new Date().toISOString(), 1)).length,
	}));
}

function print(members: number, watched: readonly Watched[], log: string): void {
	const seconds = log.trim().split('\n').map((line) => JSON.parse(line) as { at: number; late: number[]; busy: number[] });
	const rows = watched.map(({ name, from, to, health }) => {
		const during = seconds.filter(({ at }) => at > from && at <= to + 1000);
		const [late, busy] = [during.flatMap((second) => second.late), during.flatMap((second) => second.busy)];
		const figures = [late, busy].flatMap((values) => [0.5, 0.99, 1].map((share) => quantile(values, share)));
		return [name, ((to - from) / 1000).toFixed(0), ...figures, quantile(health, 0.99), quantile(health, 1)];
	});
	process.stdout.write(`${members} members. A 5 ms timer on n8n's main thread: how late it was, and how long the thread was on the processor between two ticks; answers of /healthz. Milliseconds.\n`);
	process.stdout.write(`${aligned([['while', 'seconds', 'late p50', 'p99', 'worst', 'busy p50', 'p99', 'worst', 'healthz p99', 'worst'], ...rows]).join('\n')}\n`);
}

function quantile(values: readonly number[], share: number): string {
	const sorted = [...values].sort((x, y) => x - y);
	return (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(1);
}

function pause(milliseconds: number): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

runScript(async () => {
	const [members = '100000', ...chosen] = process.argv.slice(2);
	const known = PHASES.map(({ id }) => id);
	const unknown = chosen.find((name) => !known.some((id) => id === name));
	if (unknown !== undefined) throw new Error(`There is no phase "${unknown}". There are: ${known.join(', ')}.`);
	await main(wholeNumber(members, 'The number of members'), chosen);
});
