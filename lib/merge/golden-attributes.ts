import type { GoldenValue, IdentityModel, SourceRecord } from '../domain';
import { refKey } from '../domain';
import { type Candidate, candidatesFor, compareText, lineageOf, trustOrder } from './candidates';
import { SURVIVORSHIP } from './survivorship';

/** Chooses the value of every attribute that any of the records has. Attributes that the model doesn't name go by the order of systems. */
export function goldenAttributes(records: readonly SourceRecord[], model: IdentityModel): Record<string, GoldenValue> {
	const names = [...new Set(records.flatMap((record) => Object.keys(record.attributes)))].sort();
	const golden: Record<string, GoldenValue> = {};
	const groups = new Map<string, string[]>();
	for (const name of names) {
		const group = model.attributes[name]?.group;
		if (group !== undefined) {
			groups.set(group, [...(groups.get(group) ?? []), name]);
			continue;
		}
		const candidates = candidatesFor(name, records, trustOrder(model, name));
		if (candidates.length > 0) golden[name] = SURVIVORSHIP[model.attributes[name]?.survivorship ?? 'system_of_record'](candidates);
	}
	for (const members of groups.values()) Object.assign(golden, goldenGroup(members, records, model));
	return Object.fromEntries(Object.entries(golden).sort(([x], [y]) => compareText(x, y)));
}

/** Takes all attributes of a group from the record that fills most of them; among equals the one that the group's rule prefers. */
function goldenGroup(names: readonly string[], records: readonly SourceRecord[], model: IdentityModel): Record<string, GoldenValue> {
	const ordered = Object.keys(model.attributes).filter((name) => names.includes(name));
	const lead = ordered[0];
	if (lead === undefined) return {};
	const rank = trustOrder(model, lead);
	const perRecord = records
		.map((record) => ({ record, candidates: ordered.flatMap((name) => candidatesFor(name, [record], rank).slice(0, 1).map((candidate) => ({ name, candidate }))) }))
		.filter(({ candidates }) => candidates.length > 0);
	const newestFirst = model.attributes[lead]?.survivorship === 'most_recent';
	perRecord.sort((x, y) => {
		const trust = rank(x.record.system) - rank(y.record.system);
		const age = compareText(y.record.updatedAt, x.record.updatedAt);
		return y.candidates.length - x.candidates.length || (newestFirst ? age || trust : trust || age) || compareText(refKey(x.record), refKey(y.record));
	});
	const winner = perRecord[0];
	if (!winner) return {};
	const all = (name: string): Candidate[] => candidatesFor(name, records, rank);
	return Object.fromEntries(
		winner.candidates.map(({ name, candidate }) => [
			name,
			{ value: candidate.value.value, lineage: [lineageOf(candidate, `most_complete ${model.attributes[lead]?.group ?? 'group'}`, all(name))] },
		]),
	);
}
