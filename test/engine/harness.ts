import './user-folder';
import { ExecutionLifecycleHooks, LoadOptionsContext, PollContext, WorkflowExecute } from 'n8n-core';
import {
	NodeConnectionTypes,
	Workflow,
	createEmptyRunExecutionData,
	type IConnections,
	type IDataObject,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	type INodePropertyOptions,
	type INodeType,
	type IPollFunctions,
	type IRun,
	type NodeExecutionHint,
	type OnError,
	type WorkflowActivateMode,
	type WorkflowExecuteMode,
} from 'n8n-workflow';
import { GivenNodeTypes, additionalData, credentialReferences, type CredentialData, type NodeClass } from './additional-data';

export { userFolder } from './user-folder';
export type { CredentialData, NodeClass } from './additional-data';

interface NodeOptions {
	parameters?: INodeParameters;
	/** Decrypted data by credential type; the node has exactly these chosen. */
	credentials?: CredentialData;
}

export interface RunOptions extends NodeOptions {
	/** Items as `json`, or whole ones. One empty item when left out, as a manual trigger gives. */
	items?: (INodeExecutionData | { json?: never; [key: string]: unknown })[];
	/** The node's setting "On Error"; n8n's own, stopWorkflow, when left out. */
	onError?: OnError;
	/** 'trigger' when left out: a published workflow's run. */
	mode?: WorkflowExecuteMode;
	/** More settings of the node, e.g. `retryOnFail` or `executeOnce`. */
	settings?: Partial<INode>;
}

export interface NodeRun {
	/** Items by output; with onError 'continueErrorOutput' the last one is the error output. Empty when the node failed. */
	outputs: INodeExecutionData[][];
	status: IRun['status'];
	/** Why the execution stopped, or in a 'continue' mode what the node threw. */
	error?: Error & { description?: string | null; context?: IDataObject };
	hints: NodeExecutionHint[];
	run: IRun;
}

const given = 'Given';
const tested = 'Tested';

function isItem(item: INodeExecutionData | Record<string, unknown>): item is INodeExecutionData {
	return typeof item.json === 'object' && item.json !== null;
}

/** A node type whose output is what the test gives. */
function givenClass(items: INodeExecutionData[]): NodeClass {
	return class implements INodeType {
		description = {
			displayName: given,
			name: 'given',
			group: ['input' as const],
			version: 1,
			description: 'Gives the items of a test',
			defaults: { name: given },
			inputs: [],
			outputs: [NodeConnectionTypes.Main],
			properties: [],
		};

		async execute(): Promise<INodeExecutionData[][]> {
			return await Promise.resolve([items]);
		}
	};
}

function node(name: string, type: string, options: NodeOptions & { settings?: Partial<INode> }): INode {
	return {
		id: name,
		name,
		type,
		typeVersion: 1,
		position: [0, 0],
		parameters: options.parameters ?? {},
		credentials: options.credentials ? credentialReferences(options.credentials) : undefined,
		...options.settings,
	};
}

function workflowOf(nodes: INode[], connections: IConnections, nodeTypes: GivenNodeTypes): Workflow {
	return new Workflow({ id: 'test', name: 'Test', nodes, connections, active: false, nodeTypes, settings: { executionOrder: 'v1' } });
}

/** A step of a chain; every step after the first reads one output of the step before. */
export interface Step extends Omit<RunOptions, 'items' | 'mode'> {
	node: NodeClass;
	/** Output of the step before that this one is wired to; 0 when left out. */
	from?: number;
}

/** Runs nodes one behind the other in one execution of n8n's engine, and returns what each did; a step that n8n never reached has no outputs. */
export async function runChain(steps: Step[], options: Pick<RunOptions, 'items' | 'mode'> = {}): Promise<NodeRun[]> {
	const nodeTypes = new GivenNodeTypes();
	const items = (options.items ?? [{ json: {} }]).map((item) => (isItem(item) ? item : { json: item as IDataObject }));
	const nodes = [node(given, nodeTypes.add(givenClass(items)), {})];
	const connections: IConnections = {};
	let previous = given;
	for (const [index, step] of steps.entries()) {
		const name = steps.length === 1 ? tested : `${tested} ${index + 1}`;
		nodes.push(node(name, nodeTypes.add(step.node), { ...step, settings: { onError: step.onError, ...step.settings } }));
		const output = index === 0 ? 0 : (step.from ?? 0);
		connections[previous] = { main: Array.from({ length: output + 1 }, (_, i) => (i === output ? [{ node: name, type: 'main', index: 0 }] : [])) };
		previous = name;
	}
	const workflow = workflowOf(nodes, connections, nodeTypes);
	const mode = options.mode ?? 'trigger';
	const stored = { id: 'test', name: 'Test', active: false, isArchived: false, nodes, connections, createdAt: new Date(), updatedAt: new Date(), activeVersionId: null };
	const hooks = new ExecutionLifecycleHooks(mode, 'test', stored);
	const credentials = Object.assign({}, ...steps.map((step) => step.credentials ?? {})) as CredentialData;
	const engine = new WorkflowExecute(additionalData(credentials, hooks), mode, createEmptyRunExecutionData());
	const run = await engine.run({ workflow, startNode: workflow.getNode(given) ?? undefined });
	return nodes.slice(1).map(({ name }) => {
		const result = run.data.resultData.runData[name]?.at(-1);
		return {
			outputs: (result?.data?.main ?? []).map((output) => output ?? []),
			status: run.status,
			error: (result?.error ?? run.data.resultData.error),
			hints: result?.hints ?? [],
			run,
		};
	});
}

/** Runs one node on the given items in n8n's engine. Doesn't reject for the node's own errors: see `error`. */
export async function runNode(nodeClass: NodeClass, options: RunOptions = {}): Promise<NodeRun> {
	const [only] = await runChain([{ node: nodeClass, ...options }], options);
	if (!only) throw new Error('The engine returned nothing for the node.');
	return only;
}

export interface PollOptions extends NodeOptions {
	/** 'manual' is the editor's test run, where emitting is refused as in n8n; 'trigger' when left out. */
	mode?: 'manual' | 'trigger';
	activation?: WorkflowActivateMode;
	/** How the execution ends that an emit starts; given its items. 'success' when left out; a thrown error means it never started. */
	execute?: (items: INodeExecutionData[][]) => IRun['status'] | Promise<IRun['status']>;
	/** Kept by the node between polls. */
	staticData?: IDataObject;
	workflowId?: string;
	nodeId?: string;
}

export interface PollRun {
	/** What was handed to `__emit`, one entry a call: items by output. */
	emitted: INodeExecutionData[][][];
	/** What poll() returned; n8n emits that too. */
	returned: INodeExecutionData[][] | null;
	error?: Error;
}

/** Calls a polling trigger's poll() as n8n's scheduler does. Doesn't reject for the node's own errors: see `error`. */
export async function pollNode(nodeClass: NodeClass, options: PollOptions = {}): Promise<PollRun> {
	const nodeTypes = new GivenNodeTypes();
	const type = nodeTypes.add(nodeClass);
	const trigger = node(tested, type, { ...options, settings: options.nodeId ? { id: options.nodeId } : {} });
	const workflow = new Workflow({ id: options.workflowId ?? 'test', name: 'Test', nodes: [trigger], connections: {}, active: true, nodeTypes });
	const emitted: INodeExecutionData[][][] = [];
	const emit: IPollFunctions['__emit'] = (items, _response, done) => {
		emitted.push(items);
		void Promise.resolve(items)
			.then(options.execute ?? (() => 'success' as const))
			.then((status) => done?.resolve(finishedRun(status)))
			.catch((error: unknown) => done?.reject(error instanceof Error ? error : new Error(String(error))));
	};
	const mode = options.mode ?? 'trigger';
	const staticData = options.staticData ?? {};
	const context = new PollContext(
		workflow,
		trigger,
		additionalData(options.credentials ?? {}),
		mode,
		options.activation ?? (mode === 'manual' ? 'manual' : 'activate'),
		mode === 'manual' ? undefined : emit,
		undefined,
		undefined,
		undefined,
		() => staticData,
	);
	const poll = nodeTypes.getByName(type).poll;
	if (!poll) throw new Error(`The node type "${type}" has no poll().`);
	try {
		return { emitted, returned: await poll.call(context) };
	} catch (error) {
		return { emitted, returned: null, error: error as Error };
	}
}

function finishedRun(status: IRun['status']): IRun {
	const now = new Date();
	const data = createEmptyRunExecutionData();
	return { data, mode: 'trigger', startedAt: now, stoppedAt: now, status, storedAt: 'db' };
}

/** Calls a `loadOptions` method of a node as the editor does when a drop-down opens. Rejects with the node's error. */
export async function loadOptions(nodeClass: NodeClass, method: string, options: NodeOptions = {}): Promise<INodePropertyOptions[]> {
	const nodeTypes = new GivenNodeTypes();
	const type = nodeTypes.add(nodeClass);
	const target = node(tested, type, options);
	const data = { ...additionalData(options.credentials ?? {}), currentNodeParameters: options.parameters ?? {} };
	const context = new LoadOptionsContext(workflowOf([target], {}, nodeTypes), target, data, 'parameters');
	const found = nodeTypes.getByName(type).methods?.loadOptions?.[method];
	if (!found) throw new Error(`The node type "${type}" has no loadOptions method "${method}".`);
	return await found.call(context);
}
