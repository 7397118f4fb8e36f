import { COMPANY_ATTRIBUTES, PERSON_ATTRIBUTES, type AttributeValue, type Entity, type IdentityModel } from '../../domain';
import type { StoredRecord } from '../../store';
import { labelOf } from '../compared-records';
import { DistinctValues } from './distinct-values';
import type { EntityCompleteness } from './figures';

interface Column {
	filled: number;
	unusable: number;
	values: DistinctValues;
}

const ORDER: readonly string[] = [...PERSON_ATTRIBUTES, ...COMPANY_ATTRIBUTES];

/** Counts, attribute by attribute, how many records have a value that can be used. */
export class CompletenessCount {
	private readonly entities = new Map<Entity, { records: number; columns: Map<string, Column> }>();

	add({ kind, attributes, identifiers }: Pick<StoredRecord, 'kind' | 'attributes' | 'identifiers'>): void {
		if (kind === 'activity') return;
		const entity = this.entities.get(kind) ?? { records: 0, columns: new Map<string, Column>() };
		this.entities.set(kind, entity);
		entity.records += 1;
		const columnOf = (name: string) => {
			const column = entity.columns.get(name) ?? { filled: 0, unusable: 0, values: new DistinctValues() };
			entity.columns.set(name, column);
			return column;
		};
		for (const [name, values] of Object.entries(attributes)) if (values.length > 0) count(columnOf(name), values);
		const others = new Set(identifiers.filter(({ kind: of }) => !attributes[of]).map(({ kind: of }) => of));
		for (const name of others) {
			const column = columnOf(name);
			column.filled += 1;
			for (const { kind: of, value } of identifiers) if (of === name) column.values.add(value);
		}
	}

	figures(model: IdentityModel): EntityCompleteness[] {
		const place = (name: string) => (ORDER.includes(name) ? ORDER.indexOf(name) : ORDER.length);
		return [...this.entities].sort(([x], [y]) => (x < y ? 1 : -1)).map(([entity, { records, columns }]) => ({
			entity,
			records,
			attributes: [...columns]
				.sort(([x], [y]) => place(x) - place(y) || (x < y ? -1 : 1))
				.map(([name, { filled, unusable, values: { distinct, more } }]) => ({ name, label: labelOf(name, model), filled, unusable, distinct, more })),
		}));
	}
}

function count(column: Column, values: readonly AttributeValue[]): void {
	const usable = values.filter(({ valid }) => valid);
	if (usable.length === 0) column.unusable += 1;
	else column.filled += 1;
	for (const { key, value } of usable) column.values.add(key ?? String(value));
}
