import fc from 'fast-check';
import { refKey, type DecisionEntry, type RecordRef, type SourceRecord } from '../../../lib/domain';
import { applyDecisions } from '../../../lib/identity';
import { clusterComponent, holderName, isTooCommon, judgePair, toComparable, weighEdges, type DecidedPair } from '../../../lib/match';
import { slices } from '../../../lib/transport';
import { company, contact, NOW, person, strictModel, SYSTEMS, temporaryStores, type PersonFields, type Walk } from './given';

const newStore = temporaryStores();
const model = strictModel();

const maybe = <T>(arbitrary: fc.Arbitrary<T>, freq = 2) => fc.option(arbitrary, { nil: undefined, freq });
const anyFields: fc.Arbitrary<PersonFields> = fc.record({
	email: maybe(fc.constantFrom('ann@acorn-mail.com', 'A.nn@gmail.com', 'ann+shop@gmail.com', 'bob@acorn-mail.com', 'couple@acorn-mail.com', 'info@acorn.com', 'test@test.com'), 4),
	phone: maybe(fc.constantFrom('+1 212 642 8891', '212-642-8892', '+44 20 7946 0321', '0000000000')),
	given: maybe(fc.constantFrom('Ann', 'Bob', 'Robert', 'Roberto', 'Kate', 'A.', 'Bobb'), 6),
	family: maybe(fc.constantFrom('Hill', 'Hills', 'Hill Jr.', 'Hill Sr.', 'Wood'), 6),
	born: maybe(fc.constantFrom('1950-02-03', '1950-02-04', '1979-09-21'), 1),
	street: maybe(fc.constantFrom('12 Mill Road'), 1),
	zip: maybe(fc.constantFrom('78704'), 1),
	company: maybe(fc.constantFrom('Acorn GmbH'), 1),
	userId: maybe(fc.constantFrom('u-1', 'u-2', 'u-3'), 1),
	customerNo: maybe(fc.constantFrom('c-1', 'c-2'), 1),
	employer: maybe(fc.constantFrom('0', '1', '2'), 1),
});
/** Told often, so that there are copies: sure ones, ones that say too little to be one, and ones that share a value with many. */
const copied = fc.constantFrom<PersonFields>(
	{ given: 'Ann', family: 'Hill', email: 'ann@acorn-mail.com' },
	{ given: 'Bob', family: 'Hill', email: 'couple@acorn-mail.com', phone: '+1 212 642 8891' },
	{ email: 'couple@acorn-mail.com' },
	{ email: 'info@acorn.com', phone: '+44 20 7946 0321' },
	{ given: 'Kate', family: 'Wood', email: 'info@acorn.com', street: '12 Mill Road', zip: '78704' },
	{ phone: '212-642-8892', street: '12 Mill Road', zip: '78704' },
);
const fields = fc.oneof({ arbitrary: anyFields, weight: 3 }, { arbitrary: copied, weight: 2 });
type Verdict = DecisionEntry['verdict'];

interface Version {
	slot: number;
	time: number;
	deleted: boolean;
	isCompany: boolean;
	fields: PersonFields;
}
const SLOTS = 14;
const versions: fc.Arbitrary<Version> = fc.record({
	slot: fc.nat(SLOTS - 1),
	time: fc.nat(3),
	deleted: fc.integer({ min: 0, max: 6 }).map((dice) => dice === 0),
	isCompany: fc.constant(false),
	fields,
});
const companies = fc.record({
	slot: fc.nat(2),
	time: fc.nat(2),
	deleted: fc.integer({ min: 0, max: 5 }).map((dice) => dice === 0),
	isCompany: fc.constant(true),
	fields: fc.record({ company: fc.constantFrom('Acorn GmbH', 'Acorn', 'Birch Ltd'), domain: maybe(fc.constantFrom('acorn.com', 'birch.co.uk')) }),
});
const decisions = fc.record({ a: fc.nat(SLOTS - 1), b: fc.nat(SLOTS - 1), verdict: fc.constantFrom<Verdict>('same', 'different', 'withdrawn'), at: fc.nat(5) }).filter(({ a, b }) => a !== b);
interface DecisionStep {
	a: RecordRef;
	b: RecordRef;
	verdict: Verdict;
	at: number;
}
type Step = { record: SourceRecord } | { decision: DecisionStep };

function recordOf({ slot, time, deleted, isCompany, fields: raw }: Version): SourceRecord {
	const envelope = { updatedAt: new Date(NOW - 86_400_000 * (10 - time)).toISOString(), version: `${time}-${JSON.stringify(raw).length}`, ...(deleted && { deleted }) };
	if (isCompany) return company(`crm:${slot}`, { name: raw.company, domain: raw.domain }, envelope);
	// A record with nothing to be recognised by would be rejected by Normalize, so such a one has a number of its own.
	const known = (raw.email !== undefined && raw.email !== 'test@test.com') || (raw.phone !== undefined && raw.phone !== '0000000000') || raw.userId !== undefined;
	return person(placeOf(slot), known || raw.customerNo !== undefined ? raw : { ...raw, customerNo: `own-${slot}` }, envelope);
}
const placeOf = (slot: number) => `${SYSTEMS[slot % SYSTEMS.length]}:${slot}`;
const stepsOf = (records: readonly Version[], decided: readonly { a: number; b: number; verdict: Verdict; at: number }[]): Step[] => [
	...records.map((version) => ({ record: recordOf(version) })),
	...decided.map(({ a, b, verdict, at }) => ({ decision: { a: contact(placeOf(a)), b: contact(placeOf(b)), verdict, at: NOW - 1_000_000 + at } })),
];

/**
 * Feeds the steps in batches of these sizes, over and over; a decision waits until both its records are there.
 * @param there records that have come already
 */
async function feed(walk: Walk, steps: readonly Step[], sizes: readonly number[], there: readonly SourceRecord[] = []): Promise<void> {
	const arrived = new Set(there.map(refKey));
	let waiting: DecisionStep[] = [];
	const batch: SourceRecord[] = [];
	let turn = 0;
	const flush = async () => {
		await walk.match(...batch.splice(0));
		const ready = waiting.filter(({ a, b }) => arrived.has(refKey(a)) && arrived.has(refKey(b)));
		waiting = waiting.filter((decision) => !ready.includes(decision));
		for (const { a, b, verdict, at } of ready) {
			const entry = { a, b, verdict, actor: 'kim', reason: 'asked', at: new Date(at).toISOString() };
			await walk.store.write((tx) => applyDecisions(tx, [entry], { systems: SYSTEMS, now: walk.now() }));
		}
		turn += 1;
	};
	for (const step of steps) {
		if ('decision' in step) waiting.push(step.decision);
		else {
			batch.push(step.record);
			arrived.add(refKey(step.record));
		}
		if (batch.length >= (sizes[turn % sizes.length] as number)) await flush();
	}
	await flush();
	await walk.build();
}

/** Everything that must not depend on the order of arrival. Companies are named by their records, as IDs do depend on it. */
async function outcome(walk: Walk) {
	const profiles = await walk.profiles();
	const nameOf = ({ records }: (typeof profiles)[number]) => records.map(refKey).join(' ');
	const names = new Map(profiles.map((profile) => [profile.canonicalId, nameOf(profile)]));
	const golden = profiles.map((profile) => {
		const { attributes, identifiers, consent, metrics, segments, records } = profile;
		return { name: nameOf(profile), companies: profile.companies.map((id) => names.get(id)).sort(), attributes, identifiers, consent, metrics, segments, records };
	});
	return { clusters: await walk.clusters(), golden: golden.sort((x, y) => (x.name < y.name ? -1 : 1)), questions: await walk.questions() };
}

/** The clusters, found without store, keys and batches: every pair is judged, every sharer counted. */
function clustersByForce(steps: readonly Step[], applied: ReadonlySet<string>): string[] {
	const newest = new Map<string, SourceRecord>();
	const isNewer = (x: SourceRecord, y: SourceRecord) => (x.updatedAt === y.updatedAt ? x.version > y.version : x.updatedAt > y.updatedAt);
	for (const step of steps) {
		if (!('record' in step)) continue;
		const known = newest.get(refKey(step.record));
		if (!known || isNewer(step.record, known)) newest.set(refKey(step.record), step.record);
	}
	const all = [...newest.values()].filter(({ deleted }) => !deleted).map((record, index) => toComparable(record, index + 1, model));
	const generic = new Set(
		all.flatMap(({ entity, identifiers }) => identifiers.map(({ kind, value }) => ({ entity, kind, value }))).flatMap(({ entity, kind, value }) => {
			const holders = all.filter((one) => one.entity === entity && one.identifiers.some((other) => other.kind === kind && other.value === value));
			return isTooCommon(holders.map((one) => ({ who: holderName(one) })), model.identifiers[kind]?.maxEntities ?? 10) ? [`${entity}|${kind}:${value}`] : [];
		}),
	);
	const evidence = all.flatMap((a, index) =>
		all.slice(index + 1).flatMap((b) => judgePair(a, b, model, generic).map((line) => ({ a: a.no, b: b.no, modelVersion: 1, at: '', ...line }))),
	);
	const edges = weighEdges(evidence.sort((x, y) => (x.rule < y.rule ? -1 : 1)), 'match');
	const decided = inForce(steps, applied, new Map(all.map(({ ref, no }) => [ref, no])));
	const neighbours = [...edges, ...decided.filter(({ verdict }) => verdict === 'same')];
	const clusters: number[][] = [];
	const seen = new Set<number>();
	for (const { no } of all) {
		if (seen.has(no)) continue;
		const component = new Set([no]);
		for (const one of component) for (const { a, b } of neighbours) if (a === one || b === one) component.add(a).add(b);
		for (const one of component) seen.add(one);
		const inside = ({ a, b }: { a: number; b: number }) => component.has(a) && component.has(b);
		const records = all.filter((one) => component.has(one.no));
		clusters.push(...clusterComponent({ records, edges: edges.filter(inside), decisions: decided.filter(inside) }).clusters);
	}
	const names = new Map(all.map(({ no, ref }) => [no, ref.replace(':contact:', ':')]));
	return clusters.map((nos) => nos.map((no) => names.get(no)).sort().join(' ')).sort();
}

/** What stands of decisions of one time. */
const RANK = { withdrawn: 0, same: 1, different: 2 };

function inForce(steps: readonly Step[], applied: ReadonlySet<string>, numbers: ReadonlyMap<string, number>): DecidedPair[] {
	const newest = new Map<string, Omit<DecidedPair, 'verdict'> & { verdict: Verdict }>();
	for (const step of steps) {
		if (!('decision' in step)) continue;
		const { a, b, verdict, at } = step.decision;
		const [x, y] = [numbers.get(refKey(a)), numbers.get(refKey(b))];
		if (x === undefined || y === undefined || !applied.has(refKey(a)) || !applied.has(refKey(b))) continue;
		const pair = [x, y].sort((p, q) => p - q).join('-');
		const known = newest.get(pair);
		const time = new Date(at).toISOString();
		if (!known || time > known.at || (time === known.at && RANK[verdict] > RANK[known.verdict])) newest.set(pair, { a: x, b: y, verdict, at: time });
	}
	return [...newest.values()].flatMap(({ verdict, ...pair }) => (verdict === 'withdrawn' ? [] : [{ ...pair, verdict }]));
}

test('any order and any batches of the same records and decisions give the same clusters, golden records and questions', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.tuple(fc.array(versions, { minLength: 2, maxLength: 34, size: 'max' }), fc.array(companies, { maxLength: 6 }), fc.array(decisions, { maxLength: 5 })),
			fc.infiniteStream(fc.nat(1_000_000)),
			fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 }),
			fc.record({ share: fc.double({ min: 0, max: 1, noNaN: true }), finish: fc.boolean(), ready: fc.boolean() }),
			async ([people, firms, decided], dice, sizes, { share, ...how }) => {
				// Two versions of one record with the same version text would leave it open which one is newer.
				const versionsOnce = [...new Map([...people, ...firms].map((one) => [recordKey(one), one])).values()];
				const steps = stepsOf(versionsOnce, decided);
				const shuffled = steps.map((step) => ({ step, at: dice.next().value as number })).sort((x, y) => x.at - y.at).map(({ step }) => step);
				const first = await newStore(model);
				await feed(first, steps, [1]);
				const second = await newStore(model);
				await feed(second, shuffled, sizes);
				const expected = await outcome(first);
				expect(await outcome(second)).toEqual(expected);
				// The first of them at once, the others after it, some of them newer versions of what came at once.
				const third = await newStore(model);
				const records = shuffled.flatMap((step) => ('record' in step ? [step.record] : []));
				const atOnce = records.slice(0, Math.ceil(records.length * share));
				await third.load(slices(atOnce, sizes[0] as number), how);
				await feed(third, shuffled.filter((step) => !('record' in step) || !atOnce.includes(step.record)), sizes, atOnce);
				expect(await outcome(third)).toEqual(expected);
				expect(await third.problems()).toEqual([]);
				await third.store.close();
				const arrived = new Set(steps.flatMap((step) => ('record' in step ? [refKey(step.record)] : [])));
				expect(expected.clusters.map((one) => one.replaceAll(':company:', '::'))).toEqual(clustersByForce(steps, arrived).map((one) => one.replaceAll(':company:', '::')));
				expect(await first.problems()).toEqual([]);
				expect(await second.problems()).toEqual([]);
				await first.store.close();
				await second.store.close();
			},
		),
		{ numRuns: 25 },
	);
});

function recordKey(version: Version): string {
	const { system, object, sourceId, updatedAt, version: name } = recordOf(version);
	return [system, object, sourceId, updatedAt, name].join(' ');
}
