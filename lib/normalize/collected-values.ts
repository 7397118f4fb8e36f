import type { Attributes, AttributeValue, Identifier } from '../domain';

/** Values of one attribute, and identifiers of one kind, that are used; what comes after is kept and marked. */
export const MAX_VALUES = 50;

interface Collected {
	values: AttributeValue[];
	/** What tells each of `values` from the others. */
	keys: string[];
	used: number;
}

function keyOf(value: AttributeValue): string {
	return value.key ?? String(value.value);
}

/** Gathers the values of a record by attribute: duplicates are folded by key, at most {@link MAX_VALUES} of an attribute are used. */
export class CollectedValues {
	private readonly byAttribute = new Map<string, Collected>();

	/** Returns the value as it is kept, or undefined when it was there already. */
	add(attribute: string, value: AttributeValue): AttributeValue | undefined {
		let collected = this.byAttribute.get(attribute);
		if (!collected) this.byAttribute.set(attribute, (collected = { values: [], keys: [], used: 0 }));
		const key = `${value.valid}:${keyOf(value)}`;
		// Few attributes have more than one value, and none has thousands.
		const known = collected.keys.indexOf(key);
		if (known >= 0) {
			const better = collected.values[known]?.flags?.includes('assumed_country') && !value.flags?.includes('assumed_country');
			if (better && collected.values[known]?.valid) collected.values[known] = value;
			return undefined;
		}
		if (value.valid) collected.used++;
		const kept = value.valid && collected.used > MAX_VALUES ? { ...value, valid: false, reason: `more than ${MAX_VALUES} values` } : value;
		collected.values.push(kept);
		collected.keys.push(key);
		return kept;
	}

	/** Whether the attribute has a value that can be used. */
	has(attribute: string): boolean {
		return this.byAttribute.get(attribute)?.values.some((value) => value.valid) ?? false;
	}

	values(attribute: string): readonly AttributeValue[] {
		return this.byAttribute.get(attribute)?.values ?? [];
	}

	toAttributes(): Attributes {
		const names = [...this.byAttribute.keys()].sort();
		return Object.fromEntries(names.map((attribute) => [attribute, this.byAttribute.get(attribute)?.values ?? []]));
	}
}

/** Gathers the identifiers of a record; one of the same kind and value is kept once. */
export class CollectedIdentifiers {
	private readonly byKey = new Map<string, Identifier>();
	private readonly counts = new Map<string, number>();

	/** Takes a valid value; an invalid one and a placeholder identify nobody. */
	add(kind: string, value: AttributeValue): void {
		if (!value.valid || value.flags?.includes('placeholder')) return;
		const key = keyOf(value);
		const place = `${kind}\n${key}`;
		const known = this.byKey.get(place);
		if (known) {
			if (known.flags?.includes('assumed_country') && !value.flags?.includes('assumed_country')) delete known.flags;
			return;
		}
		const count = (this.counts.get(kind) ?? 0) + 1;
		if (key === '' || count > MAX_VALUES) return;
		this.counts.set(kind, count);
		this.byKey.set(place, {
			...(String(value.value) === key ? undefined : { display: String(value.value) }),
			...(value.flags?.length ? { flags: [...value.flags] } : undefined),
			kind,
			value: key,
		});
	}

	toList(): Identifier[] {
		return [...this.byKey.values()];
	}
}
