import type { ChangeEvent } from '../../lib';
import type { WorkflowFile } from '../../scripts/demo/workflows';
import type { Machines } from './machines';

export const LISTENER = 'c360Listener00001';

/** A workflow that is started by every change there ever was, one item an event, and does nothing. */
export function listener(): WorkflowFile {
	const parameters = { pollTimes: { item: [{ mode: 'everyMinute' }] }, events: [], emit: 'events', start: 'beginning' };
	const nodes = [
		{ id: 'changes', name: 'Changes', type: 'n8n-nodes-customer360.customer360Trigger', typeVersion: 1, position: [0, 0], parameters },
		{ id: 'heard', name: 'Heard', type: 'n8n-nodes-base.noOp', typeVersion: 1, position: [200, 0], parameters: {} },
	];
	const connections = { Changes: { main: [[{ node: 'Heard', type: 'main', index: 0 }]] } };
	return { id: LISTENER, name: 'Listener', nodes, connections, settings: { executionOrder: 'v1', saveDataSuccessExecution: 'all' } };
}

/** Numbers of the events that the listener was given, in the order of its executions. */
export async function heard(machines: Machines): Promise<number[]> {
	const executions = (await machines.session.executions(LISTENER)).filter(({ status }) => status === 'success').reverse();
	return (await machines.outputOf('Heard', executions)).map(({ seq }) => Number(seq));
}

/** Everything that stands in the change feed. */
export async function wholeFeed({ store }: Machines): Promise<ChangeEvent[]> {
	return await store.read((tx) => tx.events.since(0, [], Number.MAX_SAFE_INTEGER));
}
