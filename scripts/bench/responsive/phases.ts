/** What n8n does while its main thread is watched. */
export interface Phase {
	id: string;
	name: string;
	delivery: 'items' | 'store';
	/** Types of the nodes behind the source, in a line. */
	nodes: readonly { type: string; parameters?: Record<string, unknown> }[];
}

const OURS = 'n8n-nodes-customer360';

export const PHASES: readonly Phase[] = [
	{ id: 'floor', name: 'floor: the same records through n8n, nothing done with them', delivery: 'items', nodes: [{ type: 'n8n-nodes-base.noOp' }] },
	{
		id: 'items',
		name: 'Normalize, Match and Merge nodes',
		delivery: 'items',
		nodes: [
			{ type: `${OURS}.customer360Normalize`, parameters: { mapping: 'preset' } },
			{ type: `${OURS}.customer360Match` },
			{ type: `${OURS}.customer360Merge`, parameters: { output: 'summary' } },
		],
	},
	{ id: 'store', name: 'the source\'s "Store Directly"', delivery: 'store', nodes: [{ type: 'n8n-nodes-base.noOp' }] },
];

export const SOURCE_NODE = 'source';

/** The workflow of a phase: a Mailchimp source, then its nodes; each phase has a store of its own. */
export function workflowOf({ id, name, delivery, nodes }: Phase): Record<string, unknown> {
	const store = { customer360StoreApi: { id: `store${id}`, name: `store ${id}` } };
	const source = {
		id: SOURCE_NODE,
		name: 'Source',
		type: `${OURS}.mailchimpSourceTrigger`,
		typeVersion: 1,
		position: [0, 0],
		parameters: { pollTimes: { item: [{ mode: 'everyHour', minute: 0 }] }, objects: ['member'], delivery, audience: '', options: {} },
		credentials: { customer360MailchimpApi: { id: 'mailchimp', name: 'Mailchimp' }, ...store },
	};
	const chain = nodes.map(({ type, parameters = {} }, index) => ({
		...{ id: `n${index}`, name: `Node ${index}`, type, typeVersion: 1, position: [200 * (index + 1), 0], parameters },
		...(type.startsWith(OURS) && !type.endsWith('Normalize') && { credentials: store }),
	}));
	const all = [source, ...chain];
	const to = (index: number) => [{ node: all[index + 1]?.name, type: 'main', index: 0 }];
	const outputs = (type: string) => (type.endsWith('Match') ? 3 : 1);
	const connections = Object.fromEntries(all.slice(0, -1).map((node, index) => [node.name, { main: Array.from({ length: outputs(node.type) }, () => to(index)) }]));
	return { id, name, nodes: all, connections, settings: { executionOrder: 'v1', saveDataSuccessExecution: 'none', saveManualExecutions: false } };
}
