import { ready, sync } from './sync-runs';

const HUB_ID = '4242424';

test.each([false, true])('where the ledger of the Hub ID says that all is written, the token of another account is refused all the same (dry run: %s)', async (dryRun) => {
	const given = await ready('hubspot');
	const withHubId = (portalId: string) => ({ credentials: { customer360HubSpotApi: { ...given.vendor.credentials, portalId } } });
	expect((await sync('hubspot', given, {}, withHubId(HUB_ID))).error).toBeUndefined();
	given.vendor.server.resetCalls();
	const quiet = await sync('hubspot', given, { dryRun }, withHubId(HUB_ID));
	expect([quiet.error, quiet.outputs.flat()]).toEqual([undefined, []]);
	expect(given.vendor.server.calls()).toEqual({ 'read account details': 1 });

	const other = (given.vendor.state as { settings: { portalId: number } }).settings;
	other.portalId = 1002;
	const { error } = await sync('hubspot', given, { dryRun }, withHubId(HUB_ID));
	expect(error?.message).toMatch(/belongs to the account with Hub ID 1002, but the credential says Hub ID 4242424/);
	expect(given.vendor.server.writes()).toBe(0);
});
