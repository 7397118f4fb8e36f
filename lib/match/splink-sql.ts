import type { LevelKind, MatchColumn } from '../domain';
import { addressSql } from './splink-sql-address';
import { identifierSql, noKindInCommon } from './splink-sql-identifier';
import { left, type LevelSql, right } from './splink-sql-parts';
import { birthDateSql, textSql } from './splink-sql-text';

/** What each column's levels are in DuckDB's SQL. A condition says what the test of the same kind in level-kinds says, for several values too. */
const CONDITIONS: Readonly<Record<MatchColumn, Partial<Record<LevelKind, LevelSql>>>> = {
	given_name: textSql('given_name'),
	family_name: textSql('family_name'),
	company_name: textSql('company_name'),
	street: textSql('street'),
	postal_code: textSql('postal_code'),
	city: textSql('city'),
	generation: textSql('generation'),
	birth_date: { ...textSql('birth_date'), ...birthDateSql },
	email: identifierSql('email'),
	phone: identifierSql('phone'),
	identifier: identifierSql('identifier'),
	company_domain: identifierSql('company_domain'),
	address: addressSql,
};

const ELSE = 'ELSE';

/** The condition of a level in SQL that DuckDB runs. */
export function toSql(column: MatchColumn, kind: LevelKind, threshold?: number): string {
	if (kind === 'else') return ELSE;
	const sql = CONDITIONS[column][kind];
	if (!sql) throw new Error(`There is no SQL for a level of kind "${kind}" on the column ${column}.`);
	return sql(String(threshold ?? 0));
}

/** The condition of the level at which a pair has nothing to compare. */
export function nullSql(column: MatchColumn): string {
	const oneIsMissing = (...names: readonly string[]) => {
		const missing = (side: (name: string) => string) => names.map((name) => `${side(name)} IS NULL`).join(' AND ');
		return names.length === 1 ? `${missing(left)} OR ${missing(right)}` : `(${missing(left)}) OR (${missing(right)})`;
	};
	if (column === 'address') return ['street', 'postal_code', 'city'].map((name) => `(${oneIsMissing(name)})`).join(' AND ');
	if (column === 'generation') return `${left(column)} IS NULL AND ${right(column)} IS NULL`;
	if (column === 'email') return oneIsMissing('email_typed', 'role_mailbox');
	if (column === 'phone') return oneIsMissing('phone', 'phone_tail');
	if (column === 'identifier') return `${oneIsMissing(column)} OR ${noKindInCommon}`;
	return oneIsMissing(column);
}

/** The condition of a second level of that kind, before the last one: names in two scripts that are not alike say nothing. */
export function twoScriptsSql(column: MatchColumn): string | undefined {
	return column === 'given_name' || column === 'family_name' ? `${left(`${column}_script`)} <> ${right(`${column}_script`)}` : undefined;
}

/** Written by `toSql`; undefined when the condition is from somewhere else. */
export function fromOwnSql(column: MatchColumn, condition: string): { kind: LevelKind; threshold?: number } | undefined {
	if (condition.trim().toUpperCase() === ELSE) return { kind: 'else' };
	for (const [kind, sql] of Object.entries(CONDITIONS[column]) as [LevelKind, LevelSql][]) {
		const [before, ...rest] = sql('\0').split('\0');
		const [first = '', ...others] = rest;
		if (rest.length === 0) {
			if (condition === before) return { kind };
			continue;
		}
		const pattern = new RegExp(`^${literal(before ?? '')}(\\d+(?:\\.\\d+)?)${literal(first)}${others.map((piece) => `\\1${literal(piece)}`).join('')}$`);
		const threshold = pattern.exec(condition)?.[1];
		if (threshold !== undefined) return { kind, threshold: Number(threshold) };
	}
	return undefined;
}

function literal(text: string): string {
	return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
