import { defaultModel } from '../../../lib/identity';
import { clusterRecords, judgePair, scorePair, toComparable, type Comparable } from '../../../lib/match';
import { company, person, SYSTEMS, type CompanyFields, type PersonFields } from '../identity/given';

export const model = defaultModel(SYSTEMS);
const NOTHING_COMMON: ReadonlySet<string> = new Set();

export function people(...fields: PersonFields[]): Comparable[] {
	return fields.map((one, index) => toComparable(person(`crm:${index + 1}`, { customerNo: `own-${index}`, ...one }), index + 1, model));
}

export function companies(...fields: CompanyFields[]): Comparable[] {
	return fields.map((one, index) => toComparable(company(`crm:${index + 1}`, one), index + 1, model));
}

/** Two people without the customer numbers that `people` gives so that Normalize takes them. */
export function pairOf(x: PersonFields, y: PersonFields): [Comparable, Comparable] {
	const [a, b] = unnumbered(x, y);
	if (!a || !b) throw new Error('two people were asked for');
	return [a, b];
}

/** Any number of them. */
export function unnumbered(...fields: PersonFields[]): Comparable[] {
	return people(...fields).map(withoutNumber);
}

/** The records that become one profile by what the pairs among them weigh, and the pairs that a person is asked about; records are named by their place, from 1. */
export function resolved(...fields: PersonFields[]): { profiles: number[][]; asked: string[] } {
	const records = unnumbered(...fields);
	const judged = records.flatMap((a) => records.filter(({ no }) => no > a.no).flatMap((b) => judgePair(a, b, model, NOTHING_COMMON).map((one) => ({ ...one, a: a.no, b: b.no }))));
	const { clusters, cut } = clusterRecords({ records, edges: judged.filter(({ outcome }) => outcome === 'match'), decisions: [] });
	const open = [...judged.filter(({ outcome }) => outcome === 'review'), ...cut];
	return { profiles: clusters, asked: open.map(({ a, b }) => `${a}-${b}`).sort() };
}

function withoutNumber(one: Comparable): Comparable {
	return { ...one, identifiers: one.identifiers.filter(({ kind, value }) => kind !== 'customer_no' || !value.startsWith('own-')) };
}

export function outcomeOf(a: Comparable, b: Comparable, of = model): 'match' | 'review' | 'none' {
	return judgePair(a, b, of, NOTHING_COMMON)[0]?.outcome ?? 'none';
}

export const score = (a: Comparable, b: Comparable, of = model, common = NOTHING_COMMON) => scorePair(a, b, of, common);
export const lineOf = (comparison: string, a: Comparable, b: Comparable, of = model) => score(a, b, of).comparisons.find((line) => line.comparison === comparison);
