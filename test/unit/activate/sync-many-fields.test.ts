import { createHash } from 'node:crypto';
import { openStore } from '../../../lib';
import { STORE_KINDS } from '../store-kinds';
import { type Bench, hubspotBench, pull, sync, tidyUp } from '../walk';

afterEach(tidyUp);

/** Of a hash, so that no index can make it shorter. */
const name = (what: string): string => createHash('sha256').update(what).digest('hex').slice(0, 40);
const FIELDS = Array.from({ length: 95 }, (_, index) => {
	const target = `c360_${name(`target ${index}`)}`;
	return { source: index === 0 ? 'canonical_id' : `own_${name(`source ${index}`)}`, target, label: target, type: 'text' as const };
});

describe.each(STORE_KINDS)('95 fields with long names ($name)', ({ temporary }) => {
	const newStore = temporary();

	test('are written, and the next run remembers the choice', async () => {
		const [hubspot, store] = [await hubspotBench(), await openStore(await newStore())];
		hubspot.state.add('contacts', { email: 'ann@brindlewood.com', firstname: 'Ann', lastname: 'Lee' });
		await pull(store, hubspot as Bench<unknown>, ['contact']);
		expect(await sync(store, hubspot, 'contact', { fields: FIELDS })).toMatchObject({ synced: 1 });
		const again = await sync(store, hubspot, 'contact', { fields: FIELDS });
		expect([again.synced, again.unchanged]).toEqual([0, 0]);
		const other = await sync(store, hubspot, 'contact', { fields: FIELDS.slice(1) });
		expect([other.synced, other.unchanged]).toEqual([0, 1]);
	});
});
