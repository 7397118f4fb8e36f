import type { HttpClient } from '../transport';
import type { SystemDefinition } from './definition';

/** One account of a system, as a run reads it or writes to it. */
export interface OpenAccount {
	client: HttpClient;
	/** What cursors and ledgers are kept under. */
	account: string;
}

/**
 * Connects to the account that a credential names, for a run: under the name of another account, its cursors would skip changes, and its ledger would say
 * that everything is written.
 * @throws TerminalError when the credential can't be used or its key belongs to another account than it names; TransientError when the vendor can't be asked now
 */
export async function openAccount(system: SystemDefinition, credentials: Record<string, unknown>): Promise<OpenAccount> {
	const client = system.connect(credentials);
	await system.checkAccount?.(client, credentials);
	return { client, account: system.account(credentials) };
}

/**
 * Makes sure that the vendor accepts the key, for a run that may find nothing to send: it would be green for ever with a key that was revoked.
 * Who was answered by the vendor already in this run is not asked again.
 * @throws TerminalError when the key is refused; TransientError when the vendor can't be asked now
 */
export async function assertAccepted(system: SystemDefinition, client: HttpClient): Promise<void> {
	if (Object.keys(client.calls()).length === 0) await system.checkKey(client);
}
