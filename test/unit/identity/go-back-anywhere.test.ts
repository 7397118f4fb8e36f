import fc from 'fast-check';
import { dirname, join } from 'node:path';
import { refKey, type SourceRecord } from '../../../lib/domain';
import { goBack, tidyStore } from '../../../lib/identity';
import { closeAllStores, openStore } from '../../../lib/store';
import { person, temporaryStores, Walk } from './given';

const newWalk = temporaryStores();

const PEOPLE = ['Ann Hill', 'Bob Moss', 'Eve Marsh', 'Jon Reed'];
const SYSTEMS = ['crm', 'mail', 'support'];
const PLACES = PEOPLE.flatMap((_, i) => SYSTEMS.map((system) => `${system}:${i}`));

/** No promise is kept any longer. */
const LONG_AFTER = Date.parse('2028-01-01T00:00:00.000Z');

const RUNS = Number(process.env['RUNS'] ?? 40);

type Step =
	/** The record says that it is of this person. */
	| { what: 'says'; place: string; who: number }
	| { what: 'goes'; place: string }
	| { what: 'decided'; verdict: 'same' | 'different'; a: string; b: string };

const place = fc.constantFrom(...PLACES);
const own = place.map((one): Step => ({ what: 'says', place: one, who: Number(one.split(':')[1]) }));
const goes = place.map((one): Step => ({ what: 'goes', place: one }));
const decided: fc.Arbitrary<Step> = fc.record({ what: fc.constant('decided' as const), verdict: fc.constantFrom('same' as const, 'different' as const), a: place, b: place });
/** A record stays what it is, though it may go and come. */
const steady = fc.oneof({ weight: 6, arbitrary: own }, { weight: 1, arbitrary: goes }, { weight: 1, arbitrary: decided });
/** A record may become another customer's. */
const moving = fc.oneof({ weight: 3, arbitrary: steady }, { weight: 1, arbitrary: fc.record({ what: fc.constant('says' as const), place, who: fc.nat(PEOPLE.length - 1) }) });

/** What the sources hold in the end, as they would bring it again. */
class Sources {
	readonly records = new Map<string, SourceRecord>();
	private versions = 0;

	set(at: string, who: number, deleted: boolean): SourceRecord {
		this.versions += 1;
		const [given = '', family = ''] = (PEOPLE[who] ?? '').split(' ');
		const envelope = { version: String(this.versions), updatedAt: new Date(Date.parse('2026-01-01T00:00:00.000Z') + this.versions * 1000).toISOString() };
		const record = person(at, { given, family, email: `${given}.${family}@acorn-mail.com`.toLowerCase() }, deleted ? { ...envelope, deleted } : envelope);
		this.records.set(at, record);
		return record;
	}
}

async function take(walk: Walk, sources: Sources, steps: readonly Step[]): Promise<void> {
	for (const one of steps) {
		if (one.what === 'says') await walk.match(sources.set(one.place, one.who, false));
		else if (one.what === 'goes' && sources.records.has(one.place)) await walk.match(sources.set(one.place, 0, true));
		else if (one.what === 'decided' && one.a !== one.b && sources.records.has(one.a) && sources.records.has(one.b)) await walk.decide(one.verdict, one.a, one.b);
	}
}

interface Known {
	/** Every ID ever issued. */
	ids: string[];
	/** Records of each profile that has any. */
	records: Map<string, string[]>;
}

async function knownTo(walk: Walk): Promise<Known> {
	return walk.store.read(async (tx) => {
		const profiles = await tx.profiles.scanHeads(0, 10_000);
		const records = new Map<string, string[]>();
		for (const { no, canonicalId } of profiles) {
			const refs = (await tx.records.headsOfProfiles([no])).map(refKey);
			if (refs.length > 0) records.set(canonicalId, refs.sort());
		}
		return { ids: [...profiles, ...(await tx.profiles.scanAliases('', 10_000))].map(({ canonicalId }) => canonicalId), records };
	});
}

/** The records of the profile to which each ID leads. */
async function whereTheyLead(walk: Walk, ids: readonly string[]): Promise<Map<string, string[]>> {
	return walk.store.read(async (tx) => {
		const found = new Map<string, string[]>();
		for (const [id, { no }] of await tx.profiles.byCanonicalId(ids)) found.set(id, (await tx.records.headsOfProfiles([no])).map(refKey).sort());
		return found;
	});
}

/** Goes back in the middle of a history, has the sources bring all that they hold in the end, and compares with the store that never went back. */
function goingBack(step: fc.Arbitrary<Step>, compare: (known: Known, leads: ReadonlyMap<string, string[]>, tidied: boolean) => void) {
	const order = fc.shuffledSubarray(PLACES, { minLength: PLACES.length });
	const tidied = fc.option(fc.nat(PLACES.length), { nil: undefined });
	return fc.asyncProperty(fc.array(step, { maxLength: 10 }), fc.array(step, { maxLength: 14 }), order, fc.integer({ min: 1, max: 5 }), tidied, async (before, since, places, batch, tidiedAt) => {
		const [walk, sources] = [await newWalk(), new Sources()];
		const file = walk.store.location;
		await take(walk, sources, before);
		await walk.store.backup(join(dirname(file), 'backup.sqlite'));
		await take(walk, sources, since);
		await walk.build();
		const [known, clusters] = [await knownTo(walk), await walk.clusters()];
		await closeAllStores();
		await goBack(join(dirname(file), 'backup.sqlite'), file, new Date('2026-03-11T08:00:00.000Z'));

		const again = new Walk(await openStore({ file }));
		expect(await again.problems()).toEqual([]);
		const records = places.flatMap((one) => sources.records.get(one) ?? []);
		for (let from = 0; from < records.length; from += batch) {
			if (tidiedAt !== undefined && tidiedAt >= from && tidiedAt < from + batch) await tidyStore(again.store, { now: () => LONG_AFTER, force: true });
			await again.match(...records.slice(from, from + batch));
		}
		await again.build();
		expect(await again.problems()).toEqual([]);
		expect(await again.clusters()).toEqual(clusters);
		const leads = await whereTheyLead(again, known.ids);
		await closeAllStores();
		expect([...leads.keys()].sort()).toEqual([...known.ids].sort());
		compare(known, leads, tidiedAt !== undefined);
	});
}

test('whatever happened between backup and restore: once the sources have brought everything again, every ID that was ever issued leads to its customer', async () => {
	const property = goingBack(steady, ({ records }, leads, tidied) => {
		if (tidied) {
			// An ID that met another customer on the way was retired for good where nothing was promised any more.
			for (const id of records.keys()) expect([id, leads.get(id)]).not.toEqual([id, []]);
		} else {
			for (const [id, refs] of records) expect([id, leads.get(id)]).toEqual([id, refs]);
		}
	});
	await fc.assert(property, { numRuns: RUNS });
}, 600_000);

test('so it does to somebody where records became other customers meanwhile, and the profiles are those of a store that never went back', async () => {
	await fc.assert(goingBack(moving, () => undefined), { numRuns: RUNS });
}, 600_000);
