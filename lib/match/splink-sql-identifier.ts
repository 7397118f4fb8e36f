import type { LevelKind, MatchColumn } from '../domain';
import { all, anyPair, anyValues, either, left, type LevelSql, listOf, right, share, shorter } from './splink-sql-parts';
import { namesAgree } from './splink-sql-text';

const kindOf = (entry: string) => `split_part(${entry}, ':', 1)`;
const valueOf = (entry: string) => `substr(${entry}, strpos(${entry}, ':') + 1)`;
const localPart = (mailbox: string) => `regexp_extract(${mailbox}, '^(.*)@', 1)`;
const host = (mailbox: string) => `regexp_extract(${mailbox}, '@[^@]*$', 0)`;
const digits = (mailbox: string) => `regexp_replace(${mailbox}, '[^0-9]', '', 'g')`;

const withoutSeparators = (mailbox: string) => `regexp_replace(${mailbox}, '[._-]', '', 'g')`;

const locals = (side: (column: string) => string) => `list_filter(list_transform(${listOf(side('email'))}, m -> (${localPart('m')})), m -> (length(m) >= 5))`;
const NAMES = ['given_name', 'family_name'].flatMap((column) => [left(column), right(column)]).join(', ');
const nameWords = `string_split(replace(concat_ws(' ', ${NAMES}), '|', ' '), ' ')`;

const SCRIPTS = ['given_name_script', 'family_name_script'].flatMap((column) => [left(column), right(column)]).join(', ');

/** A local part that only repeats a name of the two records, as far as can be seen. */
const isMadeOfName = (local: string) => all(
	`length(${digits(local)}) < 2`,
	either(`len(list_filter([${SCRIPTS}], s -> (s <> 'letters'))) > 0`, `len(list_filter(${nameWords}, n -> (length(n) >= 3 AND contains(${local}, n)))) > 0`),
);
/** Always true; names the columns outside of lambda functions, where Splink looks for them. */
const NAMED = `concat_ws(' ', ${NAMES}, ${SCRIPTS}) IS NOT NULL`;

/** Conditions for emails, phones, web domains and other identifiers; the same as the tests in level-kinds-identifier. */
export function identifierSql(column: MatchColumn): Partial<Record<LevelKind, LevelSql>> {
	const [kind, value] = column === 'identifier' ? [kindOf, valueOf] : [undefined, (entry: string) => entry];
	const some = (holds: (x: string, y: string) => string) =>
		anyValues(column, (x, y) => (kind ? all(`${kind(x)} = ${kind(y)}`, holds(value(x), value(y))) : holds(x, y)));
	return {
		exact: () => share(column),
		role_mailbox: () => share('role_mailbox'),
		local_part: () => all(NAMED, anyPair(locals(left), locals(right), (x, y) => `${x} = ${y} AND NOT (${isMadeOfName('x')})`)),
		local_part_of_name: () => {
			const others = `list_transform(${listOf(right('email'))}, m -> (${withoutSeparators(localPart('m'))}))`;
			return `list_has_any(list_transform(${locals(left)}, m -> (${withoutSeparators('m')})), ${others})`;
		},
		same_domain: () => some((x, y) => `${host(x)} = ${host(y)} AND ${host(x)} <> ''`),
		last_digits: (threshold) => anyValues('phone_tail', (x, y) => `right(${x}, ${threshold}) = right(${y}, ${threshold})`),
		jaro_winkler: (threshold) => some((x, y) => `jaro_winkler_similarity(${x}, ${y}) >= ${threshold}`),
		levenshtein: (threshold) => some((x, y) => `levenshtein(${x}, ${y}) <= ${threshold}`),
		damerau_levenshtein: (threshold) => some((x, y) => all(`${shorter(x, y)} >= 6`, `damerau_levenshtein(${x}, ${y}) <= ${threshold}`)),
		mailbox_alike: (threshold) => {
			const alike = (fit: boolean) => anyValues('email_typed', (x, y) => mailboxAlike(x, y, threshold, fit));
			return all(NAMED, `CASE WHEN ${namesAgree} THEN ${alike(true)} ELSE ${alike(false)} END`);
		},
	};
}

/** @param fit whether the names of the two records do */
function mailboxAlike(x: string, y: string, threshold: string, fit: boolean): string {
	// Without an @ all of the text stands for the mailbox.
	const isWhole = `contains(${x}, '@') AND contains(${y}, '@')`;
	const [one, other] = [x, y].map((mailbox) => `CASE WHEN ${isWhole} THEN ${localPart(mailbox)} ELSE ${mailbox} END`) as [string, string];
	const [left, right] = [localPart(x), localPart(y)];
	const areTwo = all(isWhole, `${left} <> ${right}`);
	const repeatsName = all(areTwo, either(isMadeOfName(left), isMadeOfName(right)));
	return all(
		`${digits(x)} = ${digits(y)}`,
		`${shorter(x, y)} >= 6 + ${threshold} * 2`,
		either(`${one} = ${other}`, `${shorter(one, other)} >= 4`),
		`NOT (${all(areTwo, `${withoutSeparators(left)} = ${withoutSeparators(right)}`)})`,
		fit ? `NOT (${all(repeatsName, either(`${threshold} > 1`, `left(${left}, 1) <> left(${right}, 1)`))})` : `NOT (${repeatsName})`,
		`damerau_levenshtein(${x}, ${y}) <= ${threshold}`,
	);
}

const kindsOf = (side: string) => `list_transform(string_split(${side}, '|'), x -> (${kindOf('x')}))`;

/** Identifiers of which no kind is on both sides can't be compared. */
export const noKindInCommon = `NOT list_has_any(${kindsOf(left('identifier'))}, ${kindsOf(right('identifier'))})`;
