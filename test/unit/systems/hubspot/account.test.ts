import { closeBenches, openBench } from './sandbox';
import { SYSTEMS, type SystemDefinition, openAccount } from '../../../../lib/systems';
import { hubspot } from '../../../../lib/systems/hubspot';
import { TerminalError } from '../../../../lib/transport';
import { SCOPES } from '../../../sandbox/hubspot/server';

afterAll(closeBenches);

const open = (credentials: Record<string, unknown>) => openAccount(SYSTEMS.hubspot as SystemDefinition, credentials);

describe('the name of an account', () => {
	const accessToken = 'pat-eu1-0f0f0f0f-secret';

	it('does not show the token', () => {
		expect(accessToken).not.toContain(hubspot.account({ accessToken }));
		expect(hubspot.account({ accessToken })).not.toContain('secret');
	});

	it('tells two tokens apart, and outlives a change of the token when the Hub ID is known', () => {
		expect(hubspot.account({ accessToken })).not.toBe(hubspot.account({ accessToken: 'pat-eu1-another' }));
		expect(hubspot.account({ accessToken, portalId: '77' })).toBe(hubspot.account({ accessToken: 'pat-eu1-another', portalId: '77' }));
	});
});

describe('the Hub ID of a credential', () => {
	it('is refused where the token is of another account, with both IDs and what to do', async () => {
		const { credentials } = await openBench({ settings: { portalId: 1002 } });
		const refused = await open({ ...credentials, portalId: '1001' }).catch((error: unknown) => error);
		expect(refused).toBeInstanceOf(TerminalError);
		expect((refused as TerminalError).message).toBe(
			'HubSpot (check the account, field Hub ID): the access token belongs to the account with Hub ID 1002, but the credential says Hub ID 1001. ' +
				'Nothing was read or written. In the HubSpot credential, set "Hub ID" to 1002, or "Access Token" to a token of account 1001',
		);
	});

	it('is accepted where it is the one of the token, spaces or not', async () => {
		const { credentials } = await openBench({ settings: { portalId: 1002 } });
		expect((await open({ ...credentials, portalId: ' 1002 ' })).account).toBe('1002');
	});

	it('is believed where the token may not ask, and where a proxy knows only the CRM', async () => {
		const closed = await openBench({ settings: { portalId: 1002, scopes: SCOPES.filter((scope) => scope !== 'oauth') } });
		expect((await open({ ...closed.credentials, portalId: '1001' })).account).toBe('1001');
		const proxied = await openBench({ settings: { portalId: 1002 } });
		proxied.server.fail({ kind: 'status', status: 404, route: 'read account details', times: 1 });
		expect((await open({ ...proxied.credentials, portalId: '1001' })).account).toBe('1001');
	});

	it('costs no call where there is none', async () => {
		const { credentials, server } = await openBench();
		await open(credentials);
		expect(server.calls()).toEqual({});
	});
});
