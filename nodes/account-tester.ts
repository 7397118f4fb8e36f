import type { ICredentialsDecrypted, ICredentialTestFunctions, INodeCredentialTestResult } from 'n8n-workflow';
import { openAccount, type SystemDefinition } from '../lib';

/**
 * What n8n shows when somebody tests the credential of a system that can tell whose key it is. The declarative test of a credential type has no rule for
 * an answer that is not the one expected, so a node tests it.
 */
export function accountTester(system: SystemDefinition): (this: ICredentialTestFunctions, credential: ICredentialsDecrypted) => Promise<INodeCredentialTestResult> {
	return async function (this: ICredentialTestFunctions, { data = {} }: ICredentialsDecrypted): Promise<INodeCredentialTestResult> {
		try {
			const { client } = await openAccount(system, data);
			// The others may be closed to this key on purpose.
			const [first] = Object.values(system.sources);
			const pages = first?.pull(client, { cursor: null, overlapMs: 0, pageSize: 1 });
			await pages?.next();
			await pages?.return(undefined);
			return { status: 'OK', message: 'Connection successful' };
		} catch (error) {
			return { status: 'Error', message: error instanceof Error ? error.message : String(error) };
		}
	};
}
