import type { VendorReply } from '../vendor-server';

interface Refusal {
	type?: 'api_error' | 'idempotency_error' | 'invalid_request_error';
	code?: string;
	message: string;
	param?: string;
}

/** An error in Stripe's form. https://docs.stripe.com/api/errors */
export function refusal(status: number, { type = 'invalid_request_error', code, message, param }: Refusal): VendorReply {
	const docUrl = code && `https://stripe.com/docs/error-codes/${code.replaceAll('_', '-')}`;
	return { status, body: { error: { ...(code && { code, doc_url: docUrl }), message, ...(param && { param }), type } } };
}

/** Thrown where a request is refused; becomes its reply. */
export class Refused extends Error {
	constructor(readonly reply: VendorReply) {
		super('refused');
	}
}

export function refuse(status: number, what: Refusal): never {
	throw new Refused(refusal(status, what));
}

/** An object named in the path is answered with 404, one named in a parameter with 400. */
export function noSuch(object: string, id: string, param: string): never {
	return refuse(param === 'id' ? 404 : 400, { code: 'resource_missing', message: `No such ${object}: '${id}'`, param });
}
