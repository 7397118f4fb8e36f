import type { LevelKind, MatchColumn } from '../domain';
import { type MailboxForm, withoutSeparators } from './forms';
import { isInOwnScript } from './own-script';
import { isOtherIdentifier, type LevelTest, namesOf, type PairView, textsOf } from './pair-view';
import { editDistance, jaroWinkler, plainEditDistance } from './similarity';

/** Tests for emails, phones, web domains and other identifiers. A shared value that is too common is not among `shared` and so is no evidence. */
export function identifierKinds(column: MatchColumn): Partial<Record<LevelKind, LevelTest>> {
	const mine = (kind: string) => (column === 'identifier' ? isOtherIdentifier(kind) : kind === column);
	const some = (holds: (x: string, y: string, threshold: number) => boolean): LevelTest => ({ a, b }, threshold) =>
		a.identifiers.some((x) => !x.role && mine(x.kind) && b.identifiers.some((y) => y.kind === x.kind && !y.role && holds(x.value, y.value, threshold)));
	return {
		exact: column === 'company_domain'
			? ({ a, b, shared }) => (a.entity === 'company' ? shared.find(({ kind }) => kind === column)?.value : textsOf(column, a).find((value) => textsOf(column, b).includes(value))) ?? false
			: ({ shared }) => shared.find(({ kind, role }) => mine(kind) && !role)?.value ?? false,
		role_mailbox: ({ shared }) => shared.some(({ kind, role }) => mine(kind) && role),
		local_part: (pair) => sameLocalParts(pair).some((local) => !isMadeOfName(local, pair)),
		local_part_of_name: ({ formsA, formsB }) =>
			formsA.locals.some((local, index) => local.length >= 5 && formsB.closedLocals.includes(formsA.closedLocals[index] as string)),
		same_domain: some((x, y) => x.slice(x.lastIndexOf('@')) === y.slice(y.lastIndexOf('@'))),
		last_digits: ({ a, b }, threshold) => a.phoneTails.some((x) => b.phoneTails.some((y) => x.slice(-threshold) === y.slice(-threshold))),
		jaro_winkler: some((x, y, threshold) => jaroWinkler(x, y) >= threshold),
		levenshtein: some((x, y, threshold) => plainEditDistance(x, y, threshold) <= threshold),
		damerau_levenshtein: some((x, y, threshold) => Math.min(x.length, y.length) >= 6 && editDistance(x, y, threshold) <= threshold),
		mailbox_alike: (pair, threshold) => pair.formsA.mailboxes.some((x) => pair.formsB.mailboxes.some((y) => mailboxesAlike(x, y, threshold, pair))),
	};
}

function sameLocalParts({ formsA, formsB }: PairView): string[] {
	return formsA.locals.filter((local) => local.length >= 5 && formsB.locals.includes(local));
}

/** `jane.hill` and `jhill` say nothing about a Jane Hill that her name doesn't say; `jhill84` does. How a name in another script is spelled in a mailbox nobody knows. */
function isMadeOfName(local: string, { a, b, formsA, formsB }: PairView): boolean {
	if ((local.match(/\d/g) ?? []).length >= 2) return false;
	if (isInOwnScript(a) || isInOwnScript(b)) return true;
	const isIn = (name: string) => local.includes(name);
	return formsA.nameWords.some(isIn) || formsB.nameWords.some(isIn);
}

/** In shorter ones another letter is another person: a@ and b@. */
const SHORTEST_MISTYPED = 4;

/**
 * Mailboxes that differ by a slip. Numbers tell namesakes apart, so they are no slip; and of two mailboxes made of names
 * (grete.hartmann@ and grete.herrmann@) a small difference is that of the names.
 */
function mailboxesAlike(x: MailboxForm, y: MailboxForm, edits: number, pair: PairView): boolean {
	if (x.numbers !== y.numbers || Math.min(x.text.length, y.text.length) < 6 + edits * 2) return false;
	// The cheapest question first: most mailboxes are nothing like each other.
	if (editDistance(x.text, y.text, edits) > edits) return false;
	// Without an @ all of the text stands for the mailbox.
	const isWhole = x.isWhole && y.isWhole;
	const [left, right] = isWhole ? [x.local, y.local] : [x.text, y.text];
	if (left !== right && Math.min(left.length, right.length) < SHORTEST_MISTYPED) return false;
	// Namesakes choose jane.hill84@ and jane_hill84@.
	if (isWhole && left !== right && withoutSeparators(left) === withoutSeparators(right)) return false;
	if (isWhole && left !== right && (isMadeOfName(left, pair) || isMadeOfName(right, pair))) {
		// Between two names a small difference is that of the names, unless the names say they are one.
		if (edits > 1 || left[0] !== right[0] || namesOf(pair).relation !== 'agree') return false;
	}
	return true;
}
