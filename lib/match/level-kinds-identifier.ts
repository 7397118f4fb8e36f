import type { LevelKind, MatchColumn } from '../domain';
import type { Comparable } from './comparable';
import { isOtherIdentifier, type LevelTest, type PairView, textsOf } from './pair-view';
import { compareNames } from './names';
import { editDistance, jaroWinkler, plainEditDistance } from './similarity';

/** Tests for emails, phones, web domains and other identifiers. A shared value that is too common is not among `shared` and so is no evidence. */
export function identifierKinds(column: MatchColumn): Partial<Record<LevelKind, LevelTest>> {
	const mine = (kind: string) => (column === 'identifier' ? isOtherIdentifier(kind) : kind === column);
	const some = (holds: (x: string, y: string, threshold: number) => boolean): LevelTest => ({ a, b }, threshold) =>
		a.identifiers.some((x) => mine(x.kind) && !x.role && b.identifiers.some((y) => y.kind === x.kind && !y.role && holds(x.value, y.value, threshold)));
	return {
		exact: column === 'company_domain'
			? ({ a, b, shared }) => (a.entity === 'company' ? shared.find(({ kind }) => kind === column)?.value : textsOf(column, a).find((value) => textsOf(column, b).includes(value))) ?? false
			: ({ shared }) => shared.find(({ kind, role }) => mine(kind) && !role)?.value ?? false,
		role_mailbox: ({ shared }) => shared.some(({ kind, role }) => mine(kind) && role),
		local_part: (pair) => sameLocalParts(pair).some((local) => !isMadeOfName(local, pair)),
		local_part_of_name: (pair) => sameLocalParts(pair, withoutSeparators).length > 0,
		same_domain: some((x, y) => x.slice(x.lastIndexOf('@')) === y.slice(y.lastIndexOf('@'))),
		last_digits: ({ a, b }, threshold) => a.phoneTails.some((x) => b.phoneTails.some((y) => x.slice(-threshold) === y.slice(-threshold))),
		jaro_winkler: some((x, y, threshold) => jaroWinkler(x, y) >= threshold),
		levenshtein: some((x, y, threshold) => plainEditDistance(x, y, threshold) <= threshold),
		damerau_levenshtein: some((x, y, threshold) => Math.min(x.length, y.length) >= 6 && editDistance(x, y, threshold) <= threshold),
		mailbox_alike: (pair, threshold) => {
			const [left, right] = [ownMailTexts(pair.a), ownMailTexts(pair.b)];
			return left.some((x) => right.some((y) => mailboxesAlike(x, y, threshold, pair)));
		},
	};
}

export function localPart(mailbox: string): string {
	return mailbox.slice(0, Math.max(mailbox.lastIndexOf('@'), 0));
}

function sameLocalParts({ a, b }: PairView, form: (local: string) => string = String): string[] {
	const own = (record: Comparable) => record.identifiers.filter(({ kind, role }) => kind === 'email' && !role).map(({ value }) => localPart(value));
	const others = own(b).map(form);
	return own(a).filter((local) => local.length >= 5 && others.includes(form(local)));
}

/** `jane.hill` and `jhill` say nothing about a Jane Hill that her name doesn't say; `jhill84` does. */
function isMadeOfName(local: string, { a, b }: PairView): boolean {
	if ((local.match(/\d/g) ?? []).length >= 2) return false;
	const names = [...a.given, ...a.family, ...b.given, ...b.family].flatMap((name) => name.split(' ')).filter((name) => name.length >= 3);
	return names.some((name) => local.includes(name));
}

/** What was typed as email, without the mailboxes of a function, which several people read. */
function ownMailTexts({ mailTexts, identifiers }: Comparable): string[] {
	return mailTexts.filter((text) => !identifiers.some(({ kind, value, role }) => role && kind === 'email' && value === text));
}

function withoutSeparators(local: string): string {
	return local.replace(/[._-]/g, '');
}

/** In shorter ones another letter is another person: a@ and b@. */
const SHORTEST_MISTYPED = 4;

/**
 * Mailboxes that differ by a slip. Numbers tell namesakes apart, so they are no slip; and of two mailboxes made of names
 * (grete.hartmann@ and grete.herrmann@) a small difference is that of the names.
 */
function mailboxesAlike(x: string, y: string, edits: number, pair: PairView): boolean {
	if (x.replace(/\D/g, '') !== y.replace(/\D/g, '') || Math.min(x.length, y.length) < 6 + edits * 2) return false;
	// Without an @ all of the text stands for the mailbox.
	const isWhole = x.includes('@') && y.includes('@');
	const [left, right] = isWhole ? [localPart(x), localPart(y)] : [x, y];
	if (left !== right && Math.min(left.length, right.length) < SHORTEST_MISTYPED) return false;
	if (isWhole && left !== right && (isMadeOfName(left, pair) || isMadeOfName(right, pair))) {
		// Namesakes choose jane.hill@ and jane_hill@; and between two names a small difference is that of the names, unless the names say they are one.
		if (edits > 1 || withoutSeparators(left) === withoutSeparators(right) || left[0] !== right[0] || compareNames(pair.a, pair.b).relation !== 'agree') return false;
	}
	return editDistance(x, y, edits) <= edits;
}
