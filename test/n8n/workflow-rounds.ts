import type { IdentityStore } from '../../lib';
import { stillGoingOn, untilQuiet } from '../../scripts/demo/quiet';
import type { SeededSystems } from '../../scripts/demo/systems';
import type { WorkflowFile } from '../../scripts/demo/workflows';
import type { ExecutionSummary, Session } from './program';

const PATIENCE_MS = 240_000;
const NOT_HANDED_OUT = /^profile changes not handed out yet/;

/** The prebuilt workflows at work in a running n8n: publishing them, making them poll, waiting until they have come to rest. */
export abstract class WorkflowRounds {
	/** Of the n8n that runs now. */
	abstract readonly session: Session;
	abstract readonly store: IdentityStore;
	abstract readonly systems: SeededSystems;
	abstract readonly workflows: readonly WorkflowFile[];

	/** Waits until something is so; rejects with `what` was waited for when it takes longer than `timeoutMs`. */
	async until(what: string, isSo: () => Promise<boolean>, timeoutMs: number): Promise<void> {
		const end = Date.now() + timeoutMs;
		while (!(await isSo())) {
			if (Date.now() > end) throw new Error(`After ${timeoutMs / 1000} s it was still not so that ${what}.`);
			await new Promise((resolve) => setTimeout(resolve, 200));
		}
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
