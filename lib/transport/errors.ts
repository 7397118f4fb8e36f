/** An outside system: by its ID in what programs read, and by its own name in what people read. */
export interface SystemName {
	/** In small letters, as references have it. */
	id: string;
	/** As its maker writes it. */
	label: string;
}

/** Where an error belongs, so that its message can name system, record and field. Never carries values of people or secrets. */
export interface ErrorContext {
	system: SystemName;
	/** What was being done, e.g. `read contacts`. */
	operation: string;
	status?: number;
	/** The vendor's own error code or category. */
	code?: string;
	/** Source ID of the record concerned. */
	record?: string;
	field?: string;
	/** What the reader can do about it. */
	remedy?: string;
	/** From Retry-After, in milliseconds. */
	retryAfterMs?: number;
	cause?: unknown;
}

abstract class SystemError extends Error {
	readonly context: ErrorContext;

	constructor(problem: string, context: ErrorContext) {
		const where = [context.operation, context.record && `record ${context.record}`, context.field && `field ${context.field}`]
			.filter(Boolean)
			.join(', ');
		super(`${context.system.label} (${where}): ${problem.replace(/\.+$/, '')}${context.remedy ? `. ${context.remedy}` : ''}`, { cause: context.cause });
		this.context = context;
	}
}

/** Trying again later can succeed: 429, 5xx, a timeout, a broken connection. */
export class TransientError extends SystemError {
	override readonly name = 'TransientError';
}

/** Trying again the same way cannot succeed: wrong credentials, a missing scope, an unknown field, a malformed answer. */
export class TerminalError extends SystemError {
	override readonly name = 'TerminalError';
}

/** The limit that n8n's processes share cannot be asked, so nothing may be sent. Never carries the password. */
export class SharedLimitUnavailable extends Error {
	override readonly name = 'SharedLimitUnavailable';
	readonly remedy = 'Nothing was sent. Check that Redis runs, and the QUEUE_BULL_REDIS_ settings of this n8n process; it goes on when Redis is back';
}
