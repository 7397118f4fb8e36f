import type { AttributeValue, IdentityModel, Lineage, SourceRecord } from '../domain';
import { refKey } from '../domain';

/** One usable value of one attribute with the record it stands in. */
export interface Candidate {
	value: AttributeValue;
	/** Equal for two spellings of one value. */
	key: string;
	record: SourceRecord;
	ref: string;
	/** 0 for the most trusted system. */
	rank: number;
	/** Position among the record's own values: the first is the record's main one. */
	position: number;
}

/** Valid values of an attribute over all records. Filler (placeholders) is no value. */
export function candidatesFor(attribute: string, records: readonly SourceRecord[], rankOf: (system: string) => number): Candidate[] {
	return records.flatMap((record) => {
		const ref = refKey(record);
		return (record.attributes[attribute] ?? [])
			.filter((value) => value.valid && !value.flags?.includes('placeholder'))
			.map((value, position) => ({ value, key: value.key ?? String(value.value).toLowerCase(), record, ref, rank: rankOf(record.system), position }));
	});
}

/** Trust in a system for one attribute: its place in the attribute's own list, else in the model's; systems that are nowhere come last. */
export function trustOrder(model: IdentityModel, attribute: string): (system: string) => number {
	const own = model.attributes[attribute]?.systems ?? [];
	const order = [...own, ...model.systems.filter((system) => !own.includes(system))];
	return (system) => {
		const place = order.indexOf(system);
		return place === -1 ? order.length : place;
	};
}

/** More trusted first, then newer, then by reference; never by arrival. */
export function byTrust(x: Candidate, y: Candidate): number {
	return x.rank - y.rank || compareText(y.record.updatedAt, x.record.updatedAt) || compareText(x.ref, y.ref) || x.position - y.position;
}

/** Newer first, then more trusted, then by reference. */
export function byRecency(x: Candidate, y: Candidate): number {
	return compareText(y.record.updatedAt, x.record.updatedAt) || byTrust(x, y);
}

export function lineageOf(candidate: Candidate, rule: string, candidates: readonly Candidate[]): Lineage {
	const { system, object, sourceId, updatedAt } = candidate.record;
	return { rule, system, object, sourceId, updatedAt, candidates: new Set(candidates.map(({ key }) => key)).size };
}

export function compareText(x: string, y: string): number {
	return x < y ? -1 : x > y ? 1 : 0;
}
