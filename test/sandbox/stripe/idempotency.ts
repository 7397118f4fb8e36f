import type { VendorReply, VendorRequest } from '../vendor-server';
import { refusal } from './errors';

const KEPT_SECONDS = 86_400;

/**
 * Answers of POST calls by idempotency key, kept for a day: the same key with the same parameters gets the first answer again, with
 * other parameters it is refused. Only calls that were carried out are kept, so a refused one can be tried again.
 * https://docs.stripe.com/api/idempotent_requests
 */
export class Idempotency {
	private readonly answers = new Map<string, { signature: string; reply: VendorReply; at: number }>();

	constructor(private readonly now: () => number) {}

	run(request: VendorRequest, execute: () => VendorReply): VendorReply {
		const key = request.headers['idempotency-key'];
		if (typeof key !== 'string') return execute();
		if (key.length > 255) return refusal(400, { type: 'idempotency_error', message: 'Idempotency keys are at most 255 characters long.' });
		const signature = `${request.method} ${request.path} ${request.rawBody}`;
		const known = this.answers.get(key);
		if (known && known.at > this.now() - KEPT_SECONDS) {
			if (known.signature === signature) return { ...known.reply, headers: { ...known.reply.headers, 'idempotent-replayed': 'true' } };
			return refusal(400, {
				type: 'idempotency_error',
				message:
					'Keys for idempotent requests can only be used with the same parameters they were first used with. ' +
					`Try using a key other than '${key}' if you meant to execute a different request.`,
			});
		}
		const reply = execute();
		this.answers.set(key, { signature, reply, at: this.now() });
		return reply;
	}
}
