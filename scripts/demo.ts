/**
 * The main job, end to end: four look-alikes full of messy customers, the real n8n with this package installed as n8n installs it,
 * the prebuilt workflows published and left to run, and what came of it.
 *
 * `--json FILE` writes the figures too. `--seed N` makes other customers. With a terminal n8n stays up until Ctrl-C; with CI=true it ends.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { closeAllStores, disconnectLimiters, embeddedStorePath, openStore } from '../lib';
import {
	importCredentialValues,
	importWorkflow,
	installPackage,
	n8nFolder,
	owner,
	publishWorkflow,
	repositoryRoot,
	type RunningN8n,
	setupOwner,
	startN8n,
} from '../test/n8n/program';
import { compareWithTruth, countCalls, countLedger, countRecords, countWrites, type Figures, storeFigures, writeFigures } from './demo/figures';
import { stillGoingOn, untilQuiet } from './demo/quiet';
import { findFaults, printAfter, printBefore } from './demo/report';
import { type DemoSystems, startSystems } from './demo/systems';
import { credentialsFor, hasTriggers, prebuiltWorkflows, type WorkflowFile } from './demo/workflows';
import { wholeNumber } from './run-script';

/** A first run takes one to two minutes here: n8n polls its triggers once a minute. */
const PATIENCE_MS = 8 * 60_000;

const started = Date.now();
const say = (line: string) => console.log(`[${String(Math.round((Date.now() - started) / 1000)).padStart(3)} s] ${line}`);

async function main(): Promise<number> {
	const { values } = parseArgs({ options: { json: { type: 'string' }, seed: { type: 'string', default: '7' } } });
	const seed = wholeNumber(values.seed, '--seed');
	const userFolder = join(repositoryRoot, '.demo');
	rmSync(userFolder, { recursive: true, force: true });
	mkdirSync(userFolder, { recursive: true });

	say('Starting look-alikes of HubSpot, Stripe, Zendesk and Mailchimp on 127.0.0.1');
	const systems = await startSystems(seed);
	printBefore(countRecords(systems), systems.statistics);

	const workflows = await prepareN8n(userFolder, systems);
	say('Starting n8n; the published workflows begin by themselves');
	const n8n = await startN8n({ userFolder });
	const stop = stopper(n8n, systems);
	try {
		const figures = await watch(n8n, userFolder, systems, workflows);
		console.log('');
		printAfter(figures);
		if (values.json !== undefined) writeFigures(resolve(values.json), figures);
		const faults = findFaults(figures);
		for (const fault of faults) console.error(`NOT RIGHT: ${fault}`);
		if (faults.length === 0) say('All of it is right.');
		if (process.stdout.isTTY && process.env.CI !== 'true') await leaveRunning(n8n, workflows);
		return faults.length === 0 ? 0 : 1;
	} finally {
		await stop();
	}
}

async function prepareN8n(userFolder: string, systems: DemoSystems): Promise<WorkflowFile[]> {
	say('Installing this package into a fresh n8n, as n8n does it');
	await installPackage(userFolder);
	const credentials = credentialsFor(systems.sandboxes);
	const workflows = prebuiltWorkflows(credentials).filter(hasTriggers);
	say('Importing credentials and workflows, and publishing them');
	await importCredentialValues(userFolder, credentials);
	for (const workflow of workflows) {
		const file = join(userFolder, `${workflow.id}.json`);
		writeFileSync(file, JSON.stringify(workflow));
		await importWorkflow(userFolder, file);
		await publishWorkflow(userFolder, workflow.id);
	}
	return workflows;
}

/** Lets n8n do its work twice, and measures. */
async function watch(n8n: RunningN8n, userFolder: string, systems: DemoSystems, workflows: readonly WorkflowFile[]): Promise<Figures> {
	const session = await setupOwner(n8n.url);
	const store = await openStore({ file: embeddedStorePath(n8nFolder(userFolder)) });
	const look = () => stillGoingOn(store, session, workflows, systems.sandboxes);
	await untilQuiet(look, (line) => say(`n8n at work: ${line}`), PATIENCE_MS);
	const calls = countCalls(systems);
	say('First run done. Now a second run in which nothing changed: every source and every sync once more');

	for (const { server } of Object.values(systems.sandboxes)) server.resetCalls();
	for (const { id } of workflows) {
		await session.deactivate(id);
		await session.activate(id);
	}
	await untilQuiet(look, (line) => say(`n8n at work: ${line}`), PATIENCE_MS);
	const secondRunCalls = countCalls(systems);
	const secondRunWrites = countWrites(systems);

	const failedExecutions = (await session.executions()).filter(({ status }) => status === 'error' || status === 'crashed');
	if (failedExecutions.length > 0) say(`${failedExecutions.length} executions failed; open n8n's execution list to see why`);
	say('Comparing with the truth, and checking every invariant of the store');
	const { report, ...counts } = await storeFigures(store);
	for (const problem of report.problems.slice(0, 5)) console.error(`${problem.invariant}: ${problem.subject} ${problem.detail}`);
	const { precision, recall, recordsInProfiles } = await compareWithTruth(store, systems.truth);
	return {
		records: countRecords(systems),
		...counts,
		merges: recordsInProfiles - counts.profiles,
		synced: await countLedger(store, systems, ['acknowledged']),
		skipped: await countLedger(store, systems, ['skipped']),
		failed: await countLedger(store, systems, ['failed', 'retry', 'pending']),
		calls,
		precision,
		recall,
		secondRunCalls,
		secondRunWrites,
		problems: report.problems.length,
	};
}

async function leaveRunning(n8n: RunningN8n, workflows: readonly WorkflowFile[]): Promise<void> {
	console.log(`\nn8n is running at ${n8n.url}`);
	console.log(`  log in as ${owner.email} with the password ${owner.password}`);
	for (const { id, name } of workflows) console.log(`  ${name}: ${n8n.url}/workflow/${id}`);
	console.log('Press Ctrl-C to end.');
	await new Promise<void>((resolve) => process.once('SIGINT', () => resolve()));
}

/** Ends everything that was started, once; also on Ctrl-C before the end. */
function stopper(n8n: RunningN8n, systems: DemoSystems): () => Promise<void> {
	let done: Promise<void> | undefined;
	const stop = () => {
		done ??= (async () => {
			await n8n.stop();
			await systems.close();
			await closeAllStores();
			await disconnectLimiters();
		})();
		return done;
	};
	process.once('SIGTERM', () => void stop().then(() => process.exit(143)));
	return stop;
}

main().then(
	(code) => process.exit(code),
	(error: unknown) => {
		console.error(error instanceof Error ? error.message : error);
		process.exit(1);
	},
);
