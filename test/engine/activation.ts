import './user-folder';
import { Container } from '@n8n/di';
import { ActiveWorkflowTriggers, InstanceSettings, PollContext } from 'n8n-core';
import { type INode, type INodeExecutionData, type IRun, Workflow } from 'n8n-workflow';
import { additionalData, credentialReferences, GivenNodeTypes, type NodeClass } from './additional-data';
import type { PollOptions } from './harness';

/** A workflow with one polling trigger that n8n has published. It is polled once and not again. */
export interface PublishedTrigger {
	/** Resolves when the first poll has returned; rejects with its error, as publishing does. */
	published: Promise<void>;
	/** What the trigger has handed to n8n, one entry a call: items by output. */
	emitted: INodeExecutionData[][][];
	unpublish(): Promise<void>;
}

/** Has n8n's own keeper of active triggers publish a workflow, as its main process does. Every execution that is started succeeds. */
export function publish(nodeClass: NodeClass, options: Pick<PollOptions, 'parameters' | 'credentials'>): PublishedTrigger {
	Container.get(InstanceSettings).markAsLeader();
	const triggers = Container.get(ActiveWorkflowTriggers);
	const nodeTypes = new GivenNodeTypes();
	const type = nodeTypes.add(nodeClass);
	const credentials = options.credentials ?? {};
	const node: INode = {
		id: 'Tested', name: 'Tested', type, typeVersion: 1, position: [0, 0],
		...{ parameters: options.parameters ?? {}, credentials: credentialReferences(credentials) },
	};
	const workflow = new Workflow({ id: 'published', name: 'Published', nodes: [node], connections: {}, active: true, nodeTypes });
	// n8n adds this parameter to the description of each polling node that it loads.
	node.parameters.pollTimes = { item: [] };
	const data = additionalData(credentials);
	const emitted: INodeExecutionData[][][] = [];
	const emit: ConstructorParameters<typeof PollContext>[5] = (items, _response, done) => {
		emitted.push(items);
		done?.resolve({ status: 'success' } as IRun);
	};
	const refuse = () => {
		throw new Error('No trigger of another kind is published here.');
	};
	const poll = () => new PollContext(workflow, node, data, 'trigger', 'activate', emit);
	const published = triggers.addTriggers(workflow.id, workflow, [node.id], data, 'trigger', 'activate', refuse, poll);
	published.catch(() => undefined);
	return { published, emitted, unpublish: () => triggers.removeTriggers(workflow.id, new Set([node.id])) };
}
