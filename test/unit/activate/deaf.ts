import { type HttpClient, TransientError } from '../../../lib';
import { HUBSPOT } from '../../../lib/systems/hubspot/name';

/** What is created gets through, and its answer is lost. */
export function deaf(client: HttpClient): HttpClient {
	return {
		...client,
		request: async (request) => {
			const answer = await client.request(request);
			if (request.path.endsWith('/batch/upsert')) throw new TransientError('the connection broke', { system: HUBSPOT, operation: 'write' });
			return answer;
		},
	};
}
