import { closeAll, given } from './given';
import { SYSTEMS, type SystemDefinition, openAccount } from '../../../../lib/systems';

afterEach(closeAll);

const open = (credentials: Record<string, unknown>) => openAccount(SYSTEMS.zendesk as SystemDefinition, credentials);

describe('the subdomain of a credential with a base URL', () => {
	it('is refused where the address is of another account, with both names and what to do', async () => {
		const { credentials } = await given();
		await expect(open({ ...credentials, subdomain: 'acme' })).rejects.toThrow(
			'Zendesk (check the account, field Subdomain): the base URL leads to the account "demo", but the credential says subdomain "acme". ' +
				'Nothing was read or written. In the Zendesk credential, set "Subdomain" to demo, or "Base URL" to the address of acme',
		);
	});

	it('is accepted where it is the one of the address', async () => {
		const { credentials } = await given();
		expect((await open({ ...credentials, subdomain: 'Demo' })).account).toBe('demo');
	});

	it('is believed where the account names no subdomain', async () => {
		const { credentials, state } = await given();
		for (const user of state.users.values()) user.url = `https://help.acme.example/api/v2/users/${user.id}.json`;
		expect((await open({ ...credentials, subdomain: 'acme' })).account).toBe('acme');
	});
});
