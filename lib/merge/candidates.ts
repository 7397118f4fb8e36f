import type { AttributeValue, IdentityModel, Lineage, SourceRecord } from '../domain';
import { refKey } from '../domain';

/** One usable value of one attribute with the record it stands in. */
export interface Candidate {
	value: AttributeValue;
	/** Equal for two spellings of one value. */
	key: string;
	record: SourceRecord;
	/** 0 for the most trusted system. */
	rank: number;
	/** Position among the record's own values: the first is the record's main one. */
	position: number;
}

/** Valid values of an attribute over all records. Filler (placeholders) is no value. */
export function candidatesFor(attribute: string, records: readonly SourceRecord[], rankOf: (system: string) => number): Candidate[] {
	const candidates: Candidate[] = [];
	for (const record of records) {
		let position = 0;
		for (const value of record.attributes[attribute] ?? []) {
			if (!value.valid || value.flags?.includes('placeholder')) continue;
			candidates.push({ value, key: value.key ?? String(value.value).toLowerCase(), record, rank: rankOf(record.system), position });
			position += 1;
		}
	}
	return candidates;
}

type TrustOrder = (system: string) => number;

const orders = new WeakMap<IdentityModel, Map<string, TrustOrder>>();

/** Trust in a system for one attribute: its place in the attribute's own list, else in the model's; systems that are nowhere come last. */
export function trustOrder(model: IdentityModel, attribute: string): TrustOrder {
	let own = orders.get(model);
	if (!own) orders.set(model, (own = new Map<string, TrustOrder>()));
	let order = own.get(attribute);
	if (!order) own.set(attribute, (order = orderOf(model, model.attributes[attribute]?.systems ?? [])));
	return order;
}

function orderOf({ systems }: IdentityModel, first: readonly string[]): TrustOrder {
	const order = [...first, ...systems.filter((system) => !first.includes(system))];
	return (system) => {
		const place = order.indexOf(system);
		return place === -1 ? order.length : place;
	};
}

/** More trusted first, then newer, then by reference; never by arrival. */
export function byTrust(x: Candidate, y: Candidate): number {
	return x.rank - y.rank || compareText(y.record.updatedAt, x.record.updatedAt) || compareText(refKey(x.record), refKey(y.record)) || x.position - y.position;
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
