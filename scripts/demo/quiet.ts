import { type ChangeEventType, type IdentityStore, SYSTEMS } from '../../lib';
import type { VendorSandbox } from '../../test/sandbox/vendor-sandbox';
import type { Session } from '../../test/n8n/program';
import { isProfileTrigger, isSource, systemOf, type WorkflowFile } from './workflows';

/** What is still going on; empty when all that was begun has come to its end. */
export async function stillGoingOn(
	store: IdentityStore,
	session: Session,
	workflows: readonly WorkflowFile[],
	sandboxes: Readonly<Record<string, VendorSandbox>>,
): Promise<string[]> {
	const executions = await session.executions();
	const running = executions.filter(({ status }) => status === 'new' || status === 'running').length;
	const open = running > 0 ? [`${running} ${running === 1 ? 'execution' : 'executions'} running`] : [];
	return store.read(async (tx) => {
		for (const workflow of workflows) {
			for (const node of workflow.nodes.filter(isSource)) {
				const system = systemOf(node) ?? '';
				for (const object of node.parameters.objects as string[]) {
					const account = SYSTEMS[system]?.account(sandboxes[system]?.credentials ?? {});
					const scope = `source:${system}:${object}@${account}#${workflow.id}:${node.id}`;
					const state = (await tx.cursors.get(scope)) as { backfilled?: boolean } | undefined;
					if (!state?.backfilled) open.push(`reading ${system} ${object}`);
					else if (await tx.cursors.get(`lease:${scope}`)) open.push(`reading ${system} ${object}`);
				}
			}
			for (const node of workflow.nodes.filter(isProfileTrigger)) {
				const cursor = await tx.cursors.get(`trigger:${workflow.id}:${node.id}`);
				const next = await tx.events.since(typeof cursor === 'number' ? cursor : 0, node.parameters.events as ChangeEventType[], 1);
				if (next.length > 0) open.push('profile changes not handed out yet (n8n polls once a minute)');
			}
		}
		const { waiting } = await tx.profiles.counts();
		if (waiting > 0) open.push(`${waiting} profiles to build`);
		return [...new Set(open)];
	});
}

/**
 * Waits until nothing goes on any more, twice in a row, and says what it waits for whenever that changes.
 * @throws Error after `timeoutMs`, with what was still going on
 */
export async function untilQuiet(look: () => Promise<string[]>, say: (line: string) => void, timeoutMs: number): Promise<void> {
	const until = Date.now() + timeoutMs;
	let quiet = 0;
	let said = '';
	while (quiet < 2) {
		const open = await look();
		quiet = open.length === 0 ? quiet + 1 : 0;
		const line = open.join(', ');
		if (line !== said && line !== '') say(line);
		said = line;
		if (Date.now() > until) throw new Error(`After ${Math.round(timeoutMs / 1000)} s there was still: ${line}`);
		await new Promise((resolve) => setTimeout(resolve, 1000));
	}
}
