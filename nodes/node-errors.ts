import { type IDataObject, type INode, type INodeExecutionData, NodeApiError, NodeOperationError } from 'n8n-workflow';
import { type ErrorContext, TerminalError, TransientError } from '../lib';

/** The context that error handling needs of execute(). */
interface ErrorHandlingContext {
	getNode(): INode;
	continueOnFail(): boolean;
}

/**
 * Makes n8n's own error of ours: what went wrong and what to do as the message, what there is to add as the description, which item it was.
 * @param kept what had been done before, a sentence without its full stop, for the message
 */
export function toNodeError(node: INode, error: unknown, itemIndex?: number, kept?: string): NodeApiError | NodeOperationError {
	if (error instanceof NodeApiError || error instanceof NodeOperationError) return error;
	const given = error instanceof Error ? error : new Error(String(error));
	const message = sentences(given.message, kept);
	if (!(given instanceof TransientError || given instanceof TerminalError)) return inOurWords(new NodeOperationError(node, given, { itemIndex }), message);
	const { status } = given.context;
	// What to do stands in the message, for many places of n8n show nothing else; here the editor would show it a second time.
	const description = given instanceof TransientError ? 'Nothing is lost: what was due is tried again by the next run' : undefined;
	return inOurWords(new NodeApiError(node, { message }, { message, description, ...(status !== undefined && { httpCode: String(status) }), itemIndex }), message);
}

/** n8n puts a sentence of its own in the place of a message with a word like ENOENT or ECONNREFUSED in it, and file, system and remedy would be gone. */
function inOurWords<T extends NodeApiError | NodeOperationError>(error: T, message: string): T {
	error.message = message;
	return error;
}

/** One after the other, with one full stop between them. */
function sentences(first: string, second: string | undefined): string {
	return second ? `${first.replace(/\.+$/, '')}. ${second}` : first;
}

/**
 * Handles what went wrong with one item according to the node's "On Error": throws, or returns the item that n8n
 * passes on (regular output) or routes to the error output. Such an item carries `error`, `message` and `details` and nothing else.
 */
export function failItem(context: ErrorHandlingContext, error: unknown, itemIndex: number): INodeExecutionData {
	const nodeError = toNodeError(context.getNode(), error, itemIndex);
	if (!context.continueOnFail()) throw nodeError;
	return errorItem(nodeError.message, nodeError.description ?? undefined, itemIndex, detailsOf(error));
}

/** The same for something that concerns several items: each of them is marked, so that none passes on as if it had been worked on. */
export function failItems(context: ErrorHandlingContext, error: unknown, itemIndexes: Iterable<number>): INodeExecutionData[] {
	const nodeError = toNodeError(context.getNode(), error);
	if (!context.continueOnFail()) throw nodeError;
	return Array.from(itemIndexes, (index) => errorItem(nodeError.message, nodeError.description ?? undefined, index, detailsOf(error)));
}

export function errorItem(error: string, message: string | undefined, itemIndex: number, details?: IDataObject): INodeExecutionData {
	return { json: { error, ...(message && { message }), ...(details && { details }) }, pairedItem: { item: itemIndex } };
}

function detailsOf(error: unknown): IDataObject | undefined {
	if (!(error instanceof TransientError || error instanceof TerminalError)) return undefined;
	const { system, operation, status, code, record, field }: ErrorContext = error.context;
	const details = { system: system.id, operation, status, code, record, field, transient: error instanceof TransientError };
	return Object.fromEntries(Object.entries(details).filter(([, value]) => value !== undefined));
}
