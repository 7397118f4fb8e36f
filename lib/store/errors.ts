/** The store cannot do what was asked; the message says what is wrong and what to do. `code` is for programs. */
export class StoreError extends Error {
	constructor(
		readonly code: 'newer_version' | 'locked' | 'not_writable' | 'disk_full' | 'not_a_store' | 'queue_mode' | 'conflict',
		message: string,
		options?: { cause?: unknown },
	) {
		super(message, options);
		this.name = 'StoreError';
	}
}
