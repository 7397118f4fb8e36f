import axios, { type AxiosError } from 'axios';
import { isNetworkError, retryAfter } from 'axios-retry';
import { type ErrorContext, SharedLimitUnavailable, type SystemName, TerminalError, TransientError } from './errors';
import { redact } from './redact';

/** What a vendor's error answer says, read by its system folder. */
export type VendorError = Pick<ErrorContext, 'code' | 'record' | 'field' | 'remedy'> & {
	message?: string;
	transient?: boolean;
	/** False at a 429 after which other calls of the account need not wait: it is not about how fast they come, or waiting won't help them. */
	pausesAccount?: boolean;
};

/** What is known of a call that failed. */
export interface FailedCall {
	system: SystemName;
	operation: string;
	/** Reads the vendor's error answer. */
	readError?: (status: number, body: unknown) => VendorError;
	/** Values that must never show in a message. */
	secrets: readonly string[];
}

const RETRY_STATUS = new Set([408, 423, 425, 429, 500, 502, 503, 504]);

const REMEDIES: Record<number, string> = {
	401: 'Check the key or token in the credential; it is wrong or has expired',
	403: 'Give the key or token the missing permission (scope) at the vendor',
	404: 'Check the base URL in the credential; if it is right, what was asked for is no longer there',
};

export function isTransient(error: AxiosError): boolean {
	if (error.response) return RETRY_STATUS.has(error.response.status);
	return isNetworkError(error) || error.code === 'ECONNABORTED' || error.code === 'ETIMEDOUT';
}

/** Makes of a failed request an error that says whether trying again can help, without personal data or secrets. */
export function toSystemError(error: unknown, call: FailedCall): TransientError | TerminalError {
	if (error instanceof SharedLimitUnavailable) {
		return new TransientError(error.message, { system: call.system, operation: call.operation, remedy: error.remedy });
	}
	if (!axios.isAxiosError(error)) return unsendable(error, call);
	const { system, operation, secrets } = call;
	const status = error.response?.status;
	const vendor = status === undefined ? {} : (call.readError?.(status, error.response?.data) ?? {});
	const waitMs = retryAfter(error);
	const clean = (text: string | undefined) => (text === undefined ? undefined : redact(text, secrets));
	const context: ErrorContext = {
		system,
		operation,
		status,
		code: clean(vendor.code ?? error.code),
		// An ID is often a long number, which looks like a phone number.
		record: vendor.record !== undefined && /^[\w/-]+$/.test(vendor.record) ? vendor.record : clean(vendor.record),
		field: clean(vendor.field),
		remedy: vendor.remedy ?? remedyFor(status, system),
		...(waitMs > 0 && { retryAfterMs: waitMs }),
	};
	const said = vendor.message ? `: ${clean(vendor.message)}` : '';
	const problem = status === undefined ? `no answer (${error.code ?? 'connection failed'})` : `answered ${status}${said}`;
	const transient = vendor.transient ?? isTransient(error);
	// The original error is not kept as cause: it carries headers, addresses and bodies.
	return transient ? new TransientError(problem, context) : new TerminalError(problem, context);
}

function remedyFor(status: number | undefined, { label }: SystemName): string | undefined {
	if (status === undefined) return `Check that this machine reaches ${label}, and the host in the credential`;
	if (status >= 300 && status < 400) return 'The address has moved; check the base URL in the credential';
	if (status === 429) return `${label} takes no more calls for now; wait a little, or let other programs that use the same account call it less often`;
	if (status >= 500) return `Something is out of order at ${label}; try again later, and look at its status page if it lasts`;
	return REMEDIES[status];
}

/** What fails before anything is sent, such as a token that no header can hold. */
function unsendable(error: unknown, { system, operation, secrets }: FailedCall): TerminalError {
	const problem = redact(error instanceof Error ? error.message : String(error), secrets);
	return new TerminalError(`the request could not be sent: ${problem}`, {
		system,
		operation,
		remedy: 'Check the credential for characters that do not belong there',
	});
}
