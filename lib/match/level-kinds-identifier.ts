import type { LevelKind, MatchColumn } from '../domain';
import { isOtherIdentifier, type LevelTest, type PairView, textsOf } from './pair-view';
import { editDistance, jaroWinkler } from './similarity';

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
		local_part_of_name: (pair) => sameLocalParts(pair).length > 0,
		same_domain: some((x, y) => x.slice(x.lastIndexOf('@')) === y.slice(y.lastIndexOf('@'))),
		last_digits: some((x, y, threshold) => x.length >= threshold && x.slice(-threshold) === y.slice(-threshold)),
		jaro_winkler: some((x, y, threshold) => jaroWinkler(x, y) >= threshold),
		levenshtein: some((x, y, threshold) => editDistance(x, y, threshold) <= threshold),
		damerau_levenshtein: some((x, y, threshold) => Math.min(x.length, y.length) >= 6 && editDistance(x, y, threshold) <= threshold),
		mailbox_alike: (pair, threshold) => some((x, y) => mailboxesAlike(x, y, threshold, pair))(pair, threshold),
	};
}

export function localPart(mailbox: string): string {
	return mailbox.slice(0, Math.max(mailbox.lastIndexOf('@'), 0));
}

function sameLocalParts({ a, b }: PairView): string[] {
	return a.emails.map(localPart).filter((local) => local.length >= 5 && b.emails.some((other) => localPart(other) === local));
}

/** `jane.hill` and `jhill` say nothing about a Jane Hill that her name doesn't say; `jhill84` does. */
function isMadeOfName(local: string, { a, b }: PairView): boolean {
	if ((local.match(/\d/g) ?? []).length >= 2) return false;
	const names = [...a.given, ...a.family, ...b.given, ...b.family].flatMap((name) => name.split(' ')).filter((name) => name.length >= 3);
	return names.some((name) => local.includes(name));
}

/** In shorter ones another letter is another person: a@ and b@. */
const SHORTEST_MISTYPED = 4;

/**
 * Mailboxes that differ by a slip. Numbers tell namesakes apart, so they are no slip; and of two mailboxes made of names
 * (grete.hartmann@ and grete.herrmann@) a small difference is that of the names.
 */
function mailboxesAlike(x: string, y: string, edits: number, pair: PairView): boolean {
	if (x.replace(/\D/g, '') !== y.replace(/\D/g, '') || Math.min(x.length, y.length) < 6 + edits * 2) return false;
	const [left, right] = [localPart(x), localPart(y)];
	if (left !== right && Math.min(left.length, right.length) < SHORTEST_MISTYPED) return false;
	if (edits > 1 && left !== right && (isMadeOfName(left, pair) || isMadeOfName(right, pair))) return false;
	return editDistance(x, y, edits) <= edits;
}
