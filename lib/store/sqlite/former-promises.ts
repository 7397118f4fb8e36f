import type { Entity, RecordRef } from '../../domain';
import type { Departure, NewPromise } from '../interface';
import { fromStoredText } from '../text';
import type { Connection } from './connection';
import { attempt } from './readable-rows';

/** IDs for whose records this store was still waiting itself. */
export function formerPromises(db: Connection): NewPromise[] {
	const rows = attempt(() => db.lists<[string, string, Entity, number]>('SELECT canonical_id, heir, entity, age FROM promised_ids'));
	if (!rows) return [];
	const waiting = rows.filter(([id, heir]) => id === heir);
	const of = new Map(waiting.map(([id, , entity, age]) => [id, { canonicalId: fromStoredText(id), entity, age, aliases: [] as string[], records: [] as RecordRef[] }]));
	for (const [id, heir] of rows) if (id !== heir) of.get(heir)?.aliases.push(fromStoredText(id));
	const records = attempt(() => db.lists<[string, string, string, string]>('SELECT canonical_id, system, object, source_id FROM promised_records')) ?? [];
	for (const [id, system, object, sourceId] of records) of.get(id)?.records.push({ system, object, sourceId: fromStoredText(sourceId) });
	return [...of.values()];
}

/** Records that left their profiles, with the IDs that these had, by the time when they left. */
export function formerDepartures(db: Connection): Map<string, Departure[]> {
	const sql = 'SELECT at, canonical_id, entity, system, object, source_id FROM departures';
	const found = new Map<string, Departure[]>();
	for (const row of attempt(() => db.lists<[string, string, Entity, string, string, string]>(sql)) ?? []) {
		if (!row.every((text: unknown) => typeof text === 'string')) continue;
		const [at, id, entity, system, object, sourceId] = row;
		const one = { system, object, sourceId: fromStoredText(sourceId), entity, canonicalId: fromStoredText(id) };
		const list = found.get(at);
		if (list) list.push(one);
		else found.set(at, [one]);
	}
	return found;
}
