import type { IdentityModel } from '../domain';
import { labelOf, shownValues } from '../insight';
import type { Contradiction } from '../match';
import type { StoredRecord } from '../store';

/** Attributes whose values show what two records state differently; of a name the whole, because a part may stand in another one's field. */
const SHOWN: Readonly<Record<Exclude<Contradiction['comparison'], 'unique_identifier'>, readonly string[]>> = {
	given_name: ['given_name', 'middle_name', 'family_name', 'name_suffix'],
	family_name: ['given_name', 'middle_name', 'family_name', 'name_suffix'],
	name_suffix: ['given_name', 'middle_name', 'family_name', 'name_suffix'],
	birth_date: ['birth_date'],
	address: ['street', 'postal_code', 'city', 'country'],
};

/** What two records state differently: the field, in which way, and both values. */
export function contradictionWords({ comparison, level }: Contradiction, x: StoredRecord, y: StoredRecord, model: IdentityModel): string {
	const [left, right] = [shownValues(x), shownValues(y)];
	const kind = Object.keys(model.identifiers).find((one) => comparison === 'unique_identifier' && level === `different ${one}`);
	const names = comparison === 'unique_identifier' ? [kind ?? ''] : SHOWN[comparison];
	const [one, other] = [left, right].map((values) => names.flatMap((name) => values[name] ?? []).join(' '));
	const values = one && other ? ` (${one} against ${other})` : '';
	if (kind !== undefined) return `${labelOf(kind, model)} different${values}, and nobody has two of these`;
	// A level that says what it is about needs no name of a field.
	return `${level === 'different' ? `${comparison.replaceAll('_', ' ')} ${level}` : level}${values}`;
}
