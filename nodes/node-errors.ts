import { type IDataObject, type INode, type INodeExecutionData, NodeApiError, NodeOperationError } from 'n8n-workflow';
import { type ErrorContext, TerminalError, TransientError } from '../lib';

/** The context that error handling needs of execute(). */
interface ErrorHandlingContext {
	getNode(): INode;
	continueOnFail(): boolean;
}

/**
 * Makes n8n's own error of ours: what went wrong as the message, what to do as the description, which item it was.
 * @param kept what had been done before, a sentence without its full stop, for message and description
 */
export function toNodeError(node: INode, error: unknown, itemIndex?: number, kept?: string): NodeApiError | NodeOperationError {
	if (error instanceof NodeApiError || error instanceof NodeOperationError) return error;
	if (error instanceof TransientError || error instanceof TerminalError) {
		const { status, remedy } = error.context;
		const message = sentences(error.message, kept);
		return new NodeApiError(node, { message: error.message }, {
			message,
			description: sentences(remedy ?? (error instanceof TransientError ? 'Nothing is lost: what was due is tried again by the next run' : undefined), kept),
			...(status !== undefined && { httpCode: String(status) }),
			itemIndex,
		});
	}
	const given = error instanceof Error ? error : new Error(String(error));
	return new NodeOperationError(node, given, { itemIndex, ...(kept && { message: sentences(given.message, kept), description: kept }) });
}

/** One after the other, with one full stop between them. */
function sentences(first: string | undefined, second: string | undefined): string | undefined {
	return first && second ? `${first.replace(/\.+$/, '')}. ${second}` : (first ?? second);
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
	const details = { system, operation, status, code, record, field, transient: error instanceof TransientError };
	return Object.fromEntries(Object.entries(details).filter(([, value]) => value !== undefined));
}
