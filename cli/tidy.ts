import { buildProfiles, type IdentityStore, leavesToBuild, retentionOf, type Tidied, TIDIED, type TidiedPart, tidyStore } from '../lib';
import { aligned, grouped, say, type Terminal } from './terminal';

const NAMES: Record<TidiedPart, string> = {
	events: 'events of the change feed',
	reviews: 'closed questions',
	rejections: 'rejections',
	ledger: 'entries of the sync ledger',
	activities: 'invoices, subscriptions, tickets',
	promises: 'IDs from before a restore',
	departures: 'records that left, with their ID',
};

/**
 * Forgets what the store keeps no longer and prints what went.
 * @throws StoreError
 */
export async function tidy(store: IdentityStore, compact: boolean, terminal: Terminal): Promise<void> {
	const kept = retentionOf((await store.read((tx) => tx.models.current()))?.model);
	const tidied = (await tidyStore(store, { now: Date.now, force: true })) as Tidied;
	const rows = TIDIED.map((part) => [NAMES[part], grouped(tidied[part]), kept[part] === null ? 'kept for ever' : `kept for ${kept[part]} days`]);
	terminal.stdout.write(`${aligned([['forgotten', '', ''], ...rows]).join('\n')}\n`);
	if (leavesToBuild(tidied)) {
		const { built } = await buildProfiles(store, { systems: [], now: Date.now });
		say(terminal, `Built ${grouped(built)} profiles again without what went.`);
	}
	if (!compact) return;
	const { before, after } = await store.compact();
	terminal.stdout.write(`${aligned([['bytes before', grouped(before)], ['bytes after', grouped(after)]]).join('\n')}\n`);
}
