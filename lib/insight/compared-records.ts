import { COMPANY_ATTRIBUTES, PERSON_ATTRIBUTES, type AttributeValue, type IdentityModel, type SourceRecord } from '../domain';

/** One attribute of two records beside each other. */
export interface ComparedRow {
	label: string;
	left: string;
	right: string;
	/** They share a value, after normalizing. */
	same: boolean;
}

type Values = Pick<SourceRecord, 'attributes' | 'identifiers'>;

interface Face {
	text: string;
	/** What decides whether two are equal. */
	keys: string[];
}

const ORDER: readonly string[] = [...new Set([...PERSON_ATTRIBUTES, ...COMPANY_ATTRIBUTES])];

/** Attributes and identifiers of two records, those that either has, in the order of our schema. */
export function compareRecords(left: Values, right: Values, model: Pick<IdentityModel, 'attributes' | 'identifiers'>): ComparedRow[] {
	const [ours, theirs] = [facesOf(left), facesOf(right)];
	const place = (name: string) => (ORDER.includes(name) ? ORDER.indexOf(name) : ORDER.length);
	const names = [...new Set([...ours.keys(), ...theirs.keys()])].sort((x, y) => place(x) - place(y) || (x < y ? -1 : 1));
	return names.map((name) => {
		const [x, y] = [ours.get(name), theirs.get(name)];
		return { label: labelOf(name, model), left: x?.text ?? '', right: y?.text ?? '', same: x?.keys.some((key) => y?.keys.includes(key)) ?? false };
	});
}

/** Attribute and identifier names to values; several values stand in one text, separated by commas. */
export function shownValues(record: Values): Record<string, string> {
	return Object.fromEntries([...facesOf(record)].map(([name, { text }]) => [name, text]));
}

/** What people call an attribute or a kind of identifier. */
export function labelOf(name: string, { attributes, identifiers }: Pick<IdentityModel, 'attributes' | 'identifiers'>): string {
	const plain = name.replaceAll('_', ' ');
	return attributes[name]?.label ?? identifiers[name]?.label ?? `${plain.charAt(0).toUpperCase()}${plain.slice(1)}`;
}

/** Attributes, and identifiers that are none, by name. A value that can't be read is shown and never equal to anything. */
function facesOf(record: Values): Map<string, Face> {
	const shown = ({ value, valid }: AttributeValue) => (valid ? String(value) : `${String(value)} (not valid)`);
	const faces = new Map<string, Face>();
	for (const [name, values] of Object.entries(record.attributes)) {
		if (values.length === 0) continue;
		faces.set(name, { text: values.map(shown).join(', '), keys: values.filter(({ valid }) => valid).map(({ key, value }) => key ?? String(value)) });
	}
	for (const { kind, value, display } of record.identifiers) {
		if (record.attributes[kind]) continue;
		const face = faces.get(kind);
		faces.set(kind, { text: [...(face ? [face.text] : []), display ?? value].join(', '), keys: [...(face?.keys ?? []), value] });
	}
	return faces;
}
