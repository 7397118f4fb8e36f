/**
 * The store cannot do what was asked; the message says what is wrong and what to do. `code` is for programs:
 * `unreachable`: the database does not answer; `refused`: it does not let this user in; `unsupported`: this kind of store can't do it;
 * `interrupted`: the thread that worked on it ended; `migrating`: "customer360 migrate" has not finished filling it;
 * `damaged`: a text that it keeps can't be read; `no_memory`: it would take more memory than there is.
 */
export class StoreError extends Error {
	constructor(
		readonly code:
			| 'newer_version'
			| 'locked'
			| 'not_writable'
			| 'disk_full'
			| 'not_a_store'
			| 'queue_mode'
			| 'conflict'
			| 'interrupted'
			| 'migrating'
			| 'unreachable'
			| 'refused'
			| 'unsupported'
			| 'damaged'
			| 'no_memory',
		message: string,
		options?: { cause?: unknown },
	) {
		super(message, options);
		this.name = 'StoreError';
	}
}
