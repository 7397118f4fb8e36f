import fc from 'fast-check';
import { refKey, type RecordRef, type SourceRecord } from '../../../lib/domain';
import { answer, applyDecisions, decide, mergeProfiles, saveModel, splitProfile, tidyStore, undoDecision } from '../../../lib/identity';
import { activity, company, contact, NOW, person, strictModel, SYSTEMS, type CompanyFields, type PersonFields, type Walk } from './given';

/** One thing that somebody does to a store. */
export type Step = (walk: Walk) => Promise<unknown>;

const SLOTS = 12;
const DAY = 86_400_000;
const maybe = <T>(arbitrary: fc.Arbitrary<T>, freq = 2) => fc.option(arbitrary, { nil: undefined, freq });
const slots = fc.nat(SLOTS - 1);
/** Which one of those that there are. */
const dice = fc.nat(100_000);
const verdicts = fc.constantFrom('same' as const, 'different' as const);

const people: fc.Arbitrary<PersonFields> = fc.record({
	email: maybe(fc.constantFrom('ann@acorn-mail.com', 'A.nn@gmail.com', 'ann+shop@gmail.com', 'bob@acorn-mail.com', 'couple@acorn-mail.com', 'info@acorn.com'), 4),
	phone: maybe(fc.constantFrom('+1 212 642 8891', '212-642-8892'), 2),
	given: maybe(fc.constantFrom('Ann', 'Bob', 'Robert', 'Kate'), 5),
	family: maybe(fc.constantFrom('Hill', 'Hill Jr.', 'Wood'), 5),
	userId: maybe(fc.constantFrom('u-1', 'u-2'), 1),
	employer: maybe(fc.constantFrom('0', '1'), 2),
});
const firms: fc.Arbitrary<CompanyFields> = fc.record({ name: fc.constantFrom('Acorn GmbH', 'Acorn', 'Birch Ltd'), domain: maybe(fc.constantFrom('acorn.com', 'birch.co.uk')) });

/** A record of a slot: mostly a person's; read as another kind now and then, as when a mapping was corrected. */
const records: fc.Arbitrary<SourceRecord> = fc
	.record({ what: fc.constantFrom('person', 'person', 'person', 'person', 'person', 'person', 'firm', 'firm', 'activity', 'person as firm', 'firm as person'), slot: slots, time: fc.nat(8), text: fc.constantFrom('1', '2', '10', 'x'), gone: fc.nat(7), fields: people, firm: firms })
	.map(({ what, slot, time, text, gone, fields, firm }) => {
		const envelope = { updatedAt: new Date(NOW - DAY * (20 - time)).toISOString(), version: text, ...(gone === 0 && { deleted: true }) };
		if (what === 'firm') return company(`crm:${slot % 2}`, firm, envelope);
		if (what === 'person as firm') return { ...company(placeOf(slot), firm, envelope), object: 'contact' };
		if (what === 'activity') return { ...activity(`billing:${slot}`, contact(placeOf(slot)), { type: 'invoice', status: 'paid', at: '2026-01-05T00:00:00.000Z', amount: { minor: 5000, currency: 'USD' } }), ...envelope };
		const known = { ...fields, customerNo: fields.email ?? fields.phone ?? fields.userId ?? `own-${slot}` };
		if (what === 'firm as person') return { ...person(`crm:${slot % 2}`, known, envelope), object: 'company' };
		return person(placeOf(slot), known, envelope);
	});

const ingests = fc.array(records, { minLength: 1, maxLength: 6 }).map((page): Step => (walk) => walk.match(...page));
/** Which records, of those that there are. */
const some = fc.array(dice, { minLength: 1, maxLength: 4 });
const leavings = some.map((which): Step => async (walk) => goAway(walk, chosen(await entitiesIn(walk, false), which)));
const returns = some.map((which): Step => async (walk) => {
	const away = chosen(await entitiesIn(walk, true), which);
	const left = await walk.store.read((tx) => tx.departures.of(away));
	const profiles = await walk.store.read((tx) => tx.profiles.heads([...left.values()].filter((no) => no !== null)));
	// Who comes back as a company does not go by the ID of a person.
	const had = profiles.filter(({ no, entity }) => away.some((record) => record.kind === entity && left.get(refKey(record)) === no));
	await comeBack(walk, away, had.map(({ canonicalId }) => canonicalId));
});
const absences = fc.record({ which: some, build: fc.boolean(), back: some }).map(({ which, build, back }): Step => async (walk) => {
	const leaving = chosen(await entitiesIn(walk, false), which);
	const coming = chosen(leaving, back);
	const had = await Promise.all(coming.map(({ system, sourceId, object }) => walk.idOf(`${system}:${sourceId}`, object)));
	await goAway(walk, leaving);
	if (build) await walk.build();
	await comeBack(walk, coming.map(later), had);
});
const builds = fc.constant<Step>((walk) => walk.build());
const decisions = fc.record({ a: slots, b: slots, verdict: verdicts }).filter(({ a, b }) => a !== b).map(({ a, b, verdict }): Step => (walk) => walk.store.write((tx) => decide(tx, verdict, [[contact(placeOf(a)), contact(placeOf(b))]], walk.context())));
const withdrawals = dice.map((which): Step => async (walk) => {
	const one = pick(await walk.store.read((tx) => tx.decisions.all()), which);
	const entry = one && { ...one, verdict: 'withdrawn' as const, at: new Date(walk.now()).toISOString() };
	if (entry) await walk.store.write((tx) => applyDecisions(tx, [entry], walk.context()));
});
const undoings = dice.map((which): Step => async (walk) => {
	const one = pick(await walk.store.read((tx) => tx.decisions.all()), which);
	if (one) await walk.store.write((tx) => undoDecision(tx, { records: [one.a, one.b] }, walk.context()));
});
const answers = fc.record({ which: dice, verdict: verdicts }).map(({ which, verdict }): Step => async (walk) => {
	const question = pick(await walk.store.read((tx) => tx.reviews.open(100, 0)), which);
	if (question) await walk.store.write((tx) => answer(tx, { questionId: question.id }, verdict, walk.context()));
});
const merges = fc.record({ x: dice, y: dice }).map(({ x, y }): Step => async (walk) => {
	const profiles = await walk.store.read((tx) => tx.profiles.scanHeads(0, 1000));
	const [keep, other] = [pick(profiles, x), pick(profiles, y)];
	if (keep && other) await walk.store.write((tx) => mergeProfiles(tx, keep.canonicalId, other.canonicalId, walk.context()));
});
const splits = fc.record({ which: dice, take: fc.array(fc.boolean(), { minLength: SLOTS, maxLength: SLOTS }) }).map(({ which, take }): Step => async (walk) => {
	const profile = pick(await walk.store.read((tx) => tx.profiles.scanHeads(0, 1000)), which);
	if (!profile) return;
	const members = await walk.store.read((tx) => tx.records.headsOfProfiles([profile.no]));
	await walk.store.write((tx) => splitProfile(tx, profile.canonicalId, members.filter((_, index) => take[index]), walk.context()));
});
const models = fc.record({ email: fc.constantFrom(2, 3), phone: fc.constantFrom(2, 4), blocked: fc.boolean() }).map(({ email, phone, blocked }): Step => (walk) =>
	saveModel(walk.store, { ...strictModel(email, phone), blockedValues: blocked ? [{ kind: 'email', value: 'info@acorn.com' }] : [] }, 'kim', walk.now()));
const tidyings = fc.constant<Step>((walk) => tidyStore(walk.store, { now: () => walk.now(), force: true }));

export const steps: fc.Arbitrary<Step> = fc.oneof(
	{ weight: 12, arbitrary: ingests },
	{ weight: 2, arbitrary: leavings },
	{ weight: 2, arbitrary: returns },
	{ weight: 2, arbitrary: absences },
	{ weight: 4, arbitrary: builds },
	{ weight: 4, arbitrary: decisions },
	{ weight: 2, arbitrary: withdrawals },
	{ weight: 2, arbitrary: undoings },
	{ weight: 3, arbitrary: answers },
	{ weight: 2, arbitrary: merges },
	{ weight: 2, arbitrary: splits },
	{ weight: 1, arbitrary: models },
	{ weight: 1, arbitrary: tidyings },
);

/** What people are told who ask for what can't be done; nothing was changed then. */
const REFUSED = /Nothing was changed|There is no record|There is nothing to|there is nothing to|is not part of|only two of a kind|needs no answer/;

/** Does a step. What is refused in words is refused; anything else is a fault. */
export async function perform(walk: Walk, step: Step): Promise<void> {
	await step(walk).catch((error: unknown) => {
		if (!REFUSED.test((error as Error).message)) throw error;
	});
}

/** The records that a store holds, as they were put. */
export async function recordsIn(walk: Walk): Promise<SourceRecord[]> {
	const stored = await walk.store.read((tx) => tx.records.scan(0, 1000));
	return stored.map(({ no: _no, profileNo: _profileNo, firstSeenAt: _firstSeenAt, ...record }) => record);
}

/** A record as it might have been once: whatever kind it is of now, something can have been decided about it. */
export function asItWas(ref: RecordRef): SourceRecord {
	const { system, object, sourceId } = ref;
	return { ...person(`${system}:${sourceId}`, { customerNo: `was-${refKey(ref)}` }, { version: '0', updatedAt: '1970-01-01T00:00:00.000Z' }), object };
}

function placeOf(slot: number): string {
	return `${SYSTEMS[slot % SYSTEMS.length]}:${slot}`;
}

async function entitiesIn(walk: Walk, deleted: boolean): Promise<SourceRecord[]> {
	return (await recordsIn(walk)).filter((record) => record.kind !== 'activity' && (record.deleted ?? false) === deleted);
}

function goAway(walk: Walk, records: readonly SourceRecord[]): Promise<unknown> {
	return walk.match(...records.map((record) => ({ ...later(record), deleted: true })));
}

/** They come back as they were. @param had IDs from before they left, which lead to somebody then */
async function comeBack(walk: Walk, records: readonly SourceRecord[], had: readonly string[]): Promise<void> {
	await walk.match(...records.map(({ deleted: _deleted, ...record }) => later(record)));
	const lead = await walk.store.read((tx) => tx.profiles.byCanonicalId(had));
	const lost = had.filter((id) => lead.get(id)?.empty !== false);
	if (lost.length > 0) throw new Error(`Records of ${lost.join(', ')} are back, and the ID leads to nobody`);
}

/** Newer than it was, and older than what most others bring. */
function later(record: SourceRecord): SourceRecord {
	return { ...record, updatedAt: new Date(Date.parse(record.updatedAt) + 1000).toISOString() };
}

function chosen<T>(list: readonly T[], which: readonly number[]): T[] {
	return [...new Set(which.flatMap((one) => pick(list, one) ?? []))];
}

function pick<T>(list: readonly T[], which: number): T | undefined {
	return list[which % list.length];
}
