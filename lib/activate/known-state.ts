import type { LedgerEntry, Scalar } from '../domain';

/**
 * What is known of one record in the destination, as a ledger entry keeps it: the values last acknowledged by field name and,
 * under names that no field has, what is not certain. Pure functions; nothing here is changed in place.
 */
export type KnownState = LedgerEntry['acknowledged'];

/** Names of fields that are to be written, or were sent without an answer: the record may hold the old value or the new one. */
const DUE = '#due';
/** Tags of ours that the record has for certain. */
const TAGS = '#tags';
/** Tags of ours that it may have beside those. */
const MAYBE_TAGS = '#tags?';
/** In a `new:` entry: the record that was created. */
const CREATED = '#created';
/** In a `new:` entry without an answer: the emails by which the record was asked for, and when first and last. */
const EMAILS = '#emails';
const FIRST = '#first';
const LAST = '#last';

/** Only what differs from what was acknowledged, or is not certain. An empty value that was never written is no difference. */
export function fieldsToSend(desired: Readonly<Record<string, Scalar | null>>, known: KnownState): Record<string, Scalar | null> {
	const due = new Set(dueFields(known));
	return Object.fromEntries(Object.entries(desired).filter(([name, value]) => due.has(name) || (known[name] ?? null) !== value));
}

export function tagsToSend(desired: readonly string[], known: KnownState): { add: string[]; remove: string[] } | undefined {
	const certain = listOf(known[TAGS]);
	const possible = [...certain, ...listOf(known[MAYBE_TAGS])];
	const add = desired.filter((tag) => !certain.includes(tag));
	const remove = possible.filter((tag) => !desired.includes(tag));
	return add.length + remove.length === 0 ? undefined : { add, remove };
}

/** The state from the intention to write until the answer. `tags` are the desired ones; undefined when tags are not written. */
export function stateWhileDue(known: KnownState, fields: readonly string[], tags: readonly string[] | undefined): KnownState {
	const due = [...new Set([...dueFields(known), ...fields])].sort();
	return { ...known, ...(due.length > 0 && { [DUE]: JSON.stringify(due) }), ...(tags && tagsWhileDue(known, tags)) };
}

function tagsWhileDue(known: KnownState, tags: readonly string[]): KnownState {
	const before = listOf(known[TAGS]);
	const certain = before.filter((tag) => tags.includes(tag));
	const possible = new Set([...before, ...listOf(known[MAYBE_TAGS]), ...tags]);
	return { [TAGS]: certain.join(';'), [MAYBE_TAGS]: [...possible].filter((tag) => !certain.includes(tag)).join(';') };
}

/** The state once the destination has said yes to `desired`. Fields that another sync keeps there stay as they are. */
export function stateOnceAcknowledged(
	known: KnownState,
	desired: Readonly<Record<string, Scalar | null>>,
	tags: readonly string[] | undefined,
): KnownState {
	const due = dueFields(known).filter((name) => !Object.hasOwn(desired, name));
	const settled = tags ? [DUE, MAYBE_TAGS] : [DUE];
	const before = Object.fromEntries(Object.entries(known).filter(([name]) => !settled.includes(name)));
	return { ...before, ...desired, ...(due.length > 0 && { [DUE]: JSON.stringify(due) }), ...(tags && { [TAGS]: tags.join(';') }) };
}

/**
 * What a record may hold that was asked for before, maybe under several IDs, and of which nobody knows whether it is there.
 * @param tries the states of what was asked for
 */
export function stateOfLost(tries: readonly KnownState[]): KnownState {
	const tags = [...new Set(tries.flatMap((known) => [...listOf(known[TAGS]), ...listOf(known[MAYBE_TAGS])]))];
	return { ...stateWhileDue({}, tries.flatMap(dueFields), undefined), ...(tags.length > 0 && { [MAYBE_TAGS]: tags.join(';') }) };
}

/**
 * The same as {@link stateOnceAcknowledged} where a new record was asked for and the destination may have found one that was there, e.g. by its email.
 * Empty values were not sent, so that what the record is known to hold in their place, of the profile that it was last written for, is still to be
 * taken away.
 */
export function stateOnceCreated(known: KnownState, desired: Readonly<Record<string, Scalar | null>>, tags: readonly string[] | undefined): KnownState {
	const held = new Set([...Object.keys(known).filter((name) => (known[name] ?? null) !== null), ...dueFields(known)]);
	const left = Object.keys(desired).filter((name) => desired[name] === null && held.has(name));
	const sent = Object.fromEntries(Object.entries(desired).filter(([name]) => !left.includes(name)));
	const others = tags ? [...listOf(known[TAGS]), ...listOf(known[MAYBE_TAGS])].filter((tag) => !tags.includes(tag)) : [];
	return { ...stateWhileDue(stateOnceAcknowledged(known, sent, tags), left, undefined), ...(others.length > 0 && { [MAYBE_TAGS]: others.join(';') }) };
}

/** What is known of a record, with what it may hold since it was asked for as a new one, maybe for another profile. */
export function stateWithLost(known: KnownState, lost: KnownState): KnownState {
	const certain = listOf(known[TAGS]);
	const possible = new Set([...listOf(known[MAYBE_TAGS]), ...listOf(lost[TAGS]), ...listOf(lost[MAYBE_TAGS])].filter((tag) => !certain.includes(tag)));
	return { ...stateWhileDue(known, dueFields(lost), undefined), ...(possible.size > 0 && { [MAYBE_TAGS]: [...possible].join(';') }) };
}

/** A record that was asked for without an answer: by which emails, and when first and last. */
export interface Asked {
	emails: string[];
	first: string;
	last: string;
}

export function askedFor(known: KnownState): Asked | undefined {
	const [emails, first, last] = [known[EMAILS], known[FIRST], known[LAST]];
	return typeof emails === 'string' && typeof first === 'string' && typeof last === 'string' ? { emails: emails.split(' '), first, last } : undefined;
}

/** The state from the moment at which a record is asked for by these emails, once more or for the first time. */
export function stateWhileAsked(known: KnownState, emails: readonly string[], at: string): KnownState {
	const before = askedFor(known);
	return { ...known, [EMAILS]: [...new Set([...(before?.emails ?? []), ...emails])].join(' '), [FIRST]: before?.first ?? at, [LAST]: at };
}

/** `known`, and how the record was asked for by what `before` says. */
export function withAsked(known: KnownState, before: KnownState): KnownState {
	return { ...known, ...Object.fromEntries([EMAILS, FIRST, LAST].flatMap((name) => (before[name] === undefined ? [] : [[name, before[name]]]))) };
}

/** Whether something is still to be written, or not certain. */
export function isUncertain(known: KnownState): boolean {
	return Object.hasOwn(known, DUE) || Object.hasOwn(known, MAYBE_TAGS);
}

export function createdState(sourceId: string): KnownState {
	return { [CREATED]: sourceId };
}

/** The record that was created for a profile, from its `new:` entry. */
export function createdRecord(known: KnownState | undefined): string | undefined {
	const id = known?.[CREATED];
	return typeof id === 'string' ? id : undefined;
}

function dueFields(known: KnownState): string[] {
	const text = known[DUE];
	return typeof text === 'string' ? (JSON.parse(text) as string[]) : [];
}

function listOf(text: Scalar | null | undefined): string[] {
	return String(text ?? '').split(';').filter(Boolean);
}
