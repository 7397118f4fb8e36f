import { type HttpClient, TerminalError } from '../../transport';
import { objectSchema, readList } from './lists';

/**
 * One customer is read: a restricted key may not ask for its account, and one that may write customers may read them.
 * https://docs.stripe.com/keys/restricted-api-keys
 * @throws TerminalError when the key is refused or has nothing to do with customers; TransientError
 */
export async function checkKey(client: HttpClient): Promise<void> {
	try {
		await readList(client, { path: '/v1/customers', query: { limit: 1 }, operation: 'check the key', item: objectSchema });
	} catch (error) {
		if (!(error instanceof TerminalError) || error.context.status !== 403) throw error;
		const remedy = 'Give the restricted key the permission "Customers: Write" (Stripe Dashboard > Developers > API keys > Edit key)';
		throw new TerminalError('answered 403', { ...error.context, remedy, cause: error });
	}
}
