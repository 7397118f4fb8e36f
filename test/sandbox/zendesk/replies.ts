import type { VendorReply } from '../vendor-server';

/** Zendesk's refusals, in its own forms. */
export const refusals = {
	wrongCredentials: (): VendorReply => ({ status: 401, body: { error: "Couldn't authenticate you" } }),
	forbidden: (): VendorReply => ({
		status: 403,
		body: {
			error: {
				title: 'Forbidden',
				message: 'You do not have access to this page. Please contact the account owner of this help desk for further help.',
			},
		},
	}),
	importsOff: (): VendorReply => ({ status: 403, body: { error: 'Forbidden', message: 'Data imports are not enabled' } }),
	recordNotFound: (): VendorReply => ({ status: 404, body: { error: 'RecordNotFound', description: 'Not found' } }),
	invalidEndpoint: (): VendorReply => ({ status: 404, body: { error: 'InvalidEndpoint', description: 'Not found' } }),
	badRequest: (description: string): VendorReply => ({ status: 400, body: { error: 'BadRequest', description } }),
	tooManyValues: (name: string, most: number): VendorReply => ({
		status: 400,
		body: { error: 'TooManyValues', description: `${name}: maximum number of values is ${most}` },
	}),
	startTimeTooRecent: (): VendorReply => ({
		status: 400,
		body: { error: 'StartTimeTooRecent', description: 'Too recent start_time. Use a start_time older than 1 minute' },
	}),
	recordInvalid: (field: string, error: string, description: string): VendorReply => ({
		status: 422,
		body: { error: 'RecordInvalid', description: 'Record validation errors', details: { [field]: [{ error, description }] } },
	}),
	rateLimited: (what: string, retryAfterS: number): VendorReply => ({
		status: 429,
		headers: { 'retry-after': String(retryAfterS) },
		body: { error: 'TooManyRequests', description: `Number of allowed ${what} requests per minute exceeded` },
	}),
	tooManyJobs: (most: number): VendorReply => ({
		status: 429,
		headers: { 'retry-after': '1' },
		body: { error: 'TooManyJobs', description: `You can have at most ${most} jobs queued or running at the same time` },
	}),
};
