import type { ICredentialsDecrypted, ICredentialTestFunctions, INodeCredentialTestResult } from 'n8n-workflow';
import { openAccount, type SystemDefinition } from '../lib';

/**
 * What n8n shows when somebody tests the credential of a system: the same as a run would say. The declarative test of a credential type can't tell whose key
 * it is, takes any page for an answer, and says "Forbidden" without what to do.
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
