import { hubspot } from '../../../../lib/systems/hubspot';

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
