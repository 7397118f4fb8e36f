import { type GoldenValue, refKey, type Scalar, type SurvivorshipRule } from '../domain';
import { byRecency, byTrust, type Candidate, compareText, lineageOf } from './candidates';

type Choose = (candidates: readonly Candidate[]) => GoldenValue;

/**
 * How each rule chooses among the candidates of one attribute (at least one). Every rule is a pure function that does not depend
 * on the candidates' order: ties go to the more trusted system, then the newer record, then the smaller reference.
 */
export const SURVIVORSHIP: Record<SurvivorshipRule, Choose> = {
	system_of_record: (candidates) => single('system_of_record', [...candidates].sort(byTrust), candidates),
	most_recent: (candidates) => single('most_recent', [...candidates].sort(byRecency), candidates),
	most_complete: (candidates) =>
		single('most_complete', [...candidates].sort((x, y) => String(y.value.value).length - String(x.value.value).length || byTrust(x, y)), candidates),
	most_frequent: (candidates) => {
		const records = new Map<string, Set<string>>();
		for (const { key, record } of candidates) records.set(key, (records.get(key) ?? new Set<string>()).add(refKey(record)));
		const count = (candidate: Candidate) => records.get(candidate.key)?.size ?? 0;
		return single('most_frequent', [...candidates].sort((x, y) => count(y) - count(x) || byTrust(x, y)), candidates);
	},
	sum: (candidates) => {
		const sorted = [...candidates].sort(byTrust);
		return {
			value: sorted.reduce((total, { value }) => total + toNumber(value.value), 0),
			lineage: sorted.map((candidate) => lineageOf(candidate, 'sum', candidates)),
		};
	},
	min: (candidates) => single('min', [...candidates].sort((x, y) => compareScalars(x.value.value, y.value.value) || byTrust(x, y)), candidates),
	max: (candidates) => single('max', [...candidates].sort((x, y) => compareScalars(y.value.value, x.value.value) || byTrust(x, y)), candidates),
	union: (candidates) => {
		const firstOfEach = new Map<string, Candidate>();
		for (const candidate of [...candidates].sort(byTrust)) if (!firstOfEach.has(candidate.key)) firstOfEach.set(candidate.key, candidate);
		const chosen = [...firstOfEach.values()];
		return { value: chosen.map(({ value }) => value.value), lineage: chosen.map((candidate) => lineageOf(candidate, 'union', candidates)) };
	},
};

function single(rule: SurvivorshipRule, sorted: readonly Candidate[], candidates: readonly Candidate[]): GoldenValue {
	const winner = sorted[0];
	if (!winner) throw new Error('survivorship needs at least one candidate');
	return { value: winner.value.value, lineage: [lineageOf(winner, rule, candidates)] };
}

function toNumber(value: Scalar): number {
	const number = Number(value);
	return Number.isFinite(number) ? number : 0;
}

/** Numbers by size, everything else (ISO dates among them) as text. */
function compareScalars(x: Scalar, y: Scalar): number {
	return typeof x === 'number' && typeof y === 'number' ? x - y : compareText(String(x), String(y));
}
