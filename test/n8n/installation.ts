import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closeAllStores, disconnectLimiters, embeddedStorePath, type IdentityStore, openStore } from '../../lib';
import { stillGoingOn, untilQuiet } from '../../scripts/demo/quiet';
import { type SeededSystems, seedSystems } from '../../scripts/demo/systems';
import { credentialsFor, prebuiltWorkflows, type WorkflowFile } from '../../scripts/demo/workflows';
import { makeSmallWorld } from '../sandbox/world';
import {
	type CredentialFile,
	type ExecutionSummary,
	importCredentialValues,
	installPackage,
	n8nFolder,
	type RunningN8n,
	type Session,
	setupOwner,
	startN8n,
} from './program';

const PATIENCE_MS = 120_000;
const NOT_HANDED_OUT = /^profile changes not handed out yet/;

/** A fresh n8n with the package, the look-alikes of the small world with a credential each, and the prebuilt workflows. */
export class Installation {
	private n8n: RunningN8n | undefined;
	/** Of the n8n that runs now; a start makes a new one. */
	session!: Session;
	store!: IdentityStore;

	private constructor(
		readonly userFolder: string,
		readonly systems: SeededSystems,
		readonly credentials: CredentialFile[],
		readonly workflows: WorkflowFile[],
	) {}

	/** Installs the package, imports the credentials and starts n8n. No workflow is there yet. */
	static async create(): Promise<Installation> {
		const systems = await seedSystems(makeSmallWorld(Date.now()));
		const credentials = credentialsFor(systems.sandboxes);
		const made = new Installation(mkdtempSync(join(tmpdir(), 'customer360-walk-')), systems, credentials, prebuiltWorkflows(credentials));
		try {
			await installPackage(made.userFolder);
			await importCredentialValues(made.userFolder, credentials);
			await made.start();
			made.store = await openStore({ file: embeddedStorePath(n8nFolder(made.userFolder)) });
		} catch (error) {
			await made.remove();
			throw error;
		}
		return made;
	}

	/** Starts n8n; one that still runs, after a test that failed, is ended first. */
	async start(): Promise<void> {
		await this.kill();
		this.n8n = await startN8n({ userFolder: this.userFolder });
		this.session = await setupOwner(this.n8n.url);
	}

	async kill(): Promise<void> {
		await this.n8n?.kill();
		this.n8n = undefined;
	}

	/** Waits until something is so; rejects when it takes longer than `timeoutMs`. */
	async until(isSo: () => Promise<boolean>, timeoutMs: number): Promise<void> {
		const end = Date.now() + timeoutMs;
		while (!(await isSo())) {
			if (Date.now() > end) throw new Error(`It was not so within ${timeoutMs / 1000} s.`);
			await new Promise((resolve) => setTimeout(resolve, 200));
		}
	}

	async remove(): Promise<void> {
		await this.n8n?.stop();
		await this.systems.close();
		await closeAllStores();
		await disconnectLimiters();
		rmSync(this.userFolder, { recursive: true, force: true });
	}

	workflow(id: string): WorkflowFile {
		const found = this.workflows.find((workflow) => workflow.id === id);
		if (!found) throw new Error(`There is no prebuilt workflow ${id}.`);
		return found;
	}

	/** Creates a prebuilt workflow as it is shipped and publishes it; resolves when its triggers have polled for the first time. */
	async publish(id: string): Promise<void> {
		await this.session.createWorkflow(this.workflow(id));
		await this.session.activate(id);
	}

	/** Makes the triggers of published workflows poll at once instead of within a minute. */
	async pollNow(ids: readonly string[]): Promise<void> {
		for (const id of ids) {
			await this.session.deactivate(id);
			await this.session.activate(id);
		}
	}

	/** Waits until published workflows have come to rest by themselves. */
	async rest(ids: readonly string[]): Promise<void> {
		await untilQuiet(() => this.goingOn(ids), () => undefined, PATIENCE_MS);
	}

	/** Makes published workflows poll, and those again that have changes to hand out after that, until all have come to rest. */
	async round(ids: readonly string[]): Promise<void> {
		await this.pollNow(ids);
		const until = Date.now() + PATIENCE_MS;
		for (;;) {
			const open = await Promise.all(ids.map((id) => this.goingOn([id])));
			const all = [...new Set(open.flat())];
			if (all.length === 0) return this.rest(ids);
			if (Date.now() > until) throw new Error(`The workflows did not come to rest; there was still: ${all.join(', ')}`);
			if (all.every((what) => NOT_HANDED_OUT.test(what))) await this.pollNow(ids.filter((_, index) => open[index]?.length));
			else await new Promise((resolve) => setTimeout(resolve, 250));
		}
	}

	async goingOn(ids: readonly string[]): Promise<string[]> {
		return stillGoingOn(this.store, this.session, ids.map((id) => this.workflow(id)), this.systems.sandboxes);
	}

	/** Executions of published workflows after those in `before`, oldest first. */
	async executionsSince(before: readonly ExecutionSummary[]): Promise<ExecutionSummary[]> {
		const known = new Set(before.map(({ id }) => id));
		return (await this.session.executions()).filter(({ id }) => !known.has(id)).reverse();
	}

	/** What a node of some executions gave out at its outputs. */
	async outputOf(node: string, executions: readonly ExecutionSummary[]): Promise<Record<string, unknown>[]> {
		const found = await Promise.all(executions.map(({ id }) => this.session.execution(id)));
		const runs = found.flatMap(({ data }) => data.resultData.runData[node] ?? []);
		return runs.flatMap(({ data }) => (data?.main ?? []).flatMap((output) => (output ?? []).map(({ json }) => json)));
	}
}
