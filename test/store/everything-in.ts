import { refKey, type LedgerStatus } from '../../lib/domain';
import type { IdentityStore, StoreReader } from '../../lib/store';

const ALL = 100_000;
const STATUSES: readonly LedgerStatus[] = ['pending', 'acknowledged', 'retry', 'failed', 'skipped', 'watched'];
const WORDS = ['ann', 'hill', 'office@acorn', 'oak', 'firm', 'a', '1 212', 'odd'];

/** What a store answers in every one of its rooms, whatever kind of store it is. */
export async function everythingIn(store: IdentityStore, scopes: readonly string[], destinations: readonly string[]): Promise<Record<string, unknown>> {
	return await store.read(async (tx) => ({
		...(await recordsIn(tx)),
		...(await profilesIn(tx)),
		...(await evidenceIn(tx)),
		...(await feedIn(tx)),
		cursors: await each(scopes, async (scope) => await tx.cursors.get(scope)),
		ledger: await each(destinations, async (destination) => [await tx.ledger.counts(destination), await tx.ledger.byStatus(destination, STATUSES, '', ALL)]),
		rejections: [await tx.rejections.count(), await tx.rejections.list(ALL)],
		models: [await tx.models.current(), await each([1, 2, 3, 4], async (version) => await tx.models.version(version))],
	}));
}

async function recordsIn(tx: StoreReader): Promise<Record<string, unknown>> {
	const records = await tx.records.scan(0, ALL);
	const nos = records.map(({ no }) => no);
	const links = await Promise.all((['member_of', 'owned_by'] as const).map(async (type) => sorted(await tx.records.linkingTo(type, records))));
	const keys = await tx.keys.ofRecords(nos);
	const names = [...new Set([...keys.values()].flat().map(({ key }) => key))].sort();
	return {
		records,
		heads: await tx.records.heads(nos),
		hashes: sorted(await tx.records.hashes(nos)),
		found: [...(await tx.records.byRef(records)).keys()].sort(),
		recordCounts: await tx.records.counts(),
		links,
		keys: sorted(keys),
		holders: sorted(await tx.keys.holders(names)),
		generic: [await tx.keys.scanGeneric('', ALL), [...(await tx.keys.generic(names))].sort()],
		decisionsAbout: (await tx.decisions.touching(records)).map((decision) => JSON.stringify(decision)).sort(),
	};
}

async function profilesIn(tx: StoreReader): Promise<Record<string, unknown>> {
	const profiles = await tx.profiles.scan(0, ALL);
	const nos = profiles.map(({ no }) => no);
	const aliases = await tx.profiles.scanAliases('', ALL);
	const links = await tx.profiles.linksOf(nos);
	const homes = [...new Set([...links.values()].flatMap(({ householdKeys }) => householdKeys))].sort();
	const ids = [...profiles, ...aliases].map(({ canonicalId }) => canonicalId);
	return {
		profiles,
		profileCounts: await tx.profiles.counts(),
		aliases,
		promises: await tx.promises.scan('', ALL),
		promisedTo: sorted(await tx.promises.ofRecords(['r1', 'r2', 'a\u0000b'].map((sourceId) => ({ system: 'later', object: 'contact', sourceId })))),
		placesOf: sorted(await tx.promises.placesOf([{ system: 'later', object: 'contact', sourceId: 'r3' }])),
		promisedRecords: await tx.promises.scanRecords(null, ALL),
		departures: await tx.departures.scan(null, ALL),
		departedFrom: sorted(await tx.departures.of([{ system: 'mail', object: 'contact', sourceId: 'gone', kind: 'person' }])),
		aliasesOf: sorted(await tx.profiles.aliases(nos)),
		reached: sorted(links),
		resolved: [...(await tx.profiles.byCanonicalId(ids))].map(([id, { no }]) => [id, no]).sort(),
		waiting: (await tx.profiles.waiting('9999', ALL)).map(({ no }) => no),
		changed: (await tx.profiles.changedSince('person', 0, ALL)).map(({ no, revision }) => [no, revision]),
		households: sorted(await tx.profiles.ofHouseholds(homes, ALL)),
		people: sorted(await tx.profiles.ofCompanies(nos, ALL)),
		searched: await each(WORDS, async (word) => (await tx.profiles.search(word, undefined, ALL)).map(({ no }) => no).sort((x, y) => x - y)),
	};
}

async function evidenceIn(tx: StoreReader): Promise<Record<string, unknown>> {
	const evidence = await tx.evidence.scan(null, ALL);
	const nos = [...new Set(evidence.flatMap(({ a, b }) => [a, b]))].sort((x, y) => x - y);
	return {
		evidence,
		edges: await tx.evidence.edges(nos),
		components: await each(nos, async (no) => await tx.evidence.component([no])),
		decisions: await tx.decisions.all(),
	};
}

async function feedIn(tx: StoreReader): Promise<Record<string, unknown>> {
	const events = await tx.events.since(0, [], ALL);
	const ids = [...new Set(events.map(({ canonicalId }) => canonicalId))];
	return {
		events,
		merged: await tx.events.since(0, ['profile.merged', 'review.waiting'], ALL),
		last: await tx.events.lastSeq(),
		timelines: await each(ids, async (id) => (await tx.events.ofProfile([id], ALL)).map(({ seq }) => seq)),
		questions: [await tx.reviews.countOpen(), await tx.reviews.open(ALL, 0), await each(numbers(100), async (id) => await tx.reviews.byId(id))],
	};
}

/** Records by profile, each as the list of its records. */
export async function clustersIn(store: IdentityStore): Promise<string[]> {
	return await store.read(async (tx) => {
		const clusters = new Map<number, string[]>();
		for (const record of await tx.records.scan(0, ALL)) {
			if (record.profileNo !== null) clusters.set(record.profileNo, [...(clusters.get(record.profileNo) ?? []), refKey(record)]);
		}
		return [...clusters.values()].map((refs) => refs.sort().join(' ')).sort();
	});
}

async function each<Key, Answer>(keys: readonly Key[], ask: (key: Key) => Promise<Answer>): Promise<[Key, Answer][]> {
	const answers: [Key, Answer][] = [];
	for (const key of keys) answers.push([key, await ask(key)]);
	return answers;
}

function sorted<Value>(map: ReadonlyMap<string | number, Value>): [string, Value][] {
	return [...map].map(([key, value]): [string, Value] => [String(key), value]).sort(([x], [y]) => (x < y ? -1 : 1));
}

function numbers(count: number): number[] {
	return Array.from({ length: count }, (_, index) => index + 1);
}
