import { LeaseLostError, StoreError } from '../store';
import { type ErrorContext, TerminalError, TransientError } from '../transport';

/** An error on its way between threads: cloning alone would lose its class and code. */
export interface SentError {
	name: string;
	message: string;
	stack?: string;
	code?: string;
	context?: ErrorContext;
	cause?: SentError;
}

export function packError(error: unknown): SentError {
	if (!isErrorLike(error)) return { name: 'Error', message: String(error) };
	const { name, message, stack, cause } = error;
	return {
		name,
		message,
		stack,
		...(error instanceof StoreError && { code: error.code }),
		...((error instanceof TransientError || error instanceof TerminalError) && { context: { ...error.context, cause: undefined } }),
		...(isErrorLike(cause) && { cause: packError(cause) }),
	};
}

/** The error as it was thrown, with the stack of the thread that it comes from. */
export function unpackError(sent: SentError): Error {
	const error = errorOf(sent);
	error.message = sent.message;
	if (sent.stack !== undefined) error.stack = sent.stack;
	return error;
}

function errorOf({ name, message, code, context, cause }: SentError): Error {
	const options = cause && { cause: unpackError(cause) };
	if (name === 'StoreError') return new StoreError(code as StoreError['code'], message, options);
	if (name === 'LeaseLostError') return new LeaseLostError();
	if (context && name === 'TransientError') return new TransientError(message, context);
	if (context && name === 'TerminalError') return new TerminalError(message, context);
	return Object.assign(new Error(message, options), { name });
}

/** Read by shape: an error of Node itself is no instance of the Error of a VM context, in which n8n may run code and jest does. */
function isErrorLike(error: unknown): error is Error {
	return typeof error === 'object' && error !== null && 'message' in error && 'name' in error && typeof error.message === 'string' && typeof error.name === 'string';
}
