import type { GoldenConsent, GoldenRecord, GoldenValue, Lineage, MetricValue, RecordRef } from '../domain';
import { DamagedText, hasTexts, isFields, isList, isListOf, isListOfTexts, isScalar, isText, readStored } from './stored-json';

/** A record that a golden record was made of; with its time of change where a lineage tells it. */
type PackedSource = readonly [system: string, object: string, sourceId: string, updatedAt?: string];
/** Three numbers a value that was taken: place of the rule, place of the source, and how many values there were to choose from. */
type PackedLineage = readonly number[];

/**
 * A golden record as a store keeps it. Its lineage names a rule and a record for every value, mostly the same few, and would be three quarters of the text;
 * here each stands once. Everything else is where somebody who asks in SQL would look for it: `attributes -> 'email' -> 0`.
 */
interface PackedForm {
	attributes: Record<string, readonly [value: GoldenValue['value'], ...lineage: PackedLineage]>;
	consent: Record<string, readonly [status: GoldenConsent['status'], at: string | null, ...lineage: PackedLineage]>;
	metrics: Record<string, readonly [value: MetricValue['value'], ...reasons: string[]]>;
	identifiers: GoldenRecord['identifiers'];
	segments: GoldenRecord['segments'];
	/** How many of the sources, from the first, are the records of the cluster. */
	records: number;
	sources: PackedSource[];
	rules: string[];
}

/** A golden record that is packed already, in another thread for instance. */
export class PackedGolden {
	/** @param text as {@link packGolden} makes it */
	constructor(
		readonly text: string,
		readonly segments: GoldenRecord['segments'],
	) {}
}

/** The text that a store keeps. */
export function goldenText(golden: GoldenRecord | PackedGolden): string {
	return golden instanceof PackedGolden ? golden.text : packGolden(golden);
}

export function packGolden({ attributes, consent, metrics, identifiers, segments, records }: GoldenRecord): string {
	const [sources, rules] = [new Sources(records), new Places<string>()];
	const packed = (lineage: readonly Lineage[]) => lineage.flatMap((one) => [rules.of(one.rule, one.rule), sources.of(one), one.candidates]);
	return JSON.stringify({
		attributes: mapped(attributes, ({ value, lineage }) => [value, ...packed(lineage)] as const),
		consent: mapped(consent, ({ status, at, lineage }) => [status, at ?? null, ...packed(lineage)] as const),
		metrics: mapped(metrics, ({ value, reasons }) => [value, ...reasons] as const),
		identifiers,
		segments,
		records: records.length,
		sources: sources.list(),
		rules: rules.list,
	} satisfies PackedForm);
}

/** @param profile whose it is, e.g. `per_...` @throws StoreError `damaged` */
export function unpackGolden(text: string, profile: string): GoldenRecord {
	const what = () => `the golden record of profile ${profile}`;
	const { attributes, consent, metrics, identifiers, segments, records, sources, rules } = readStored(text, what, isPacked) as PackedForm;
	const lineageFrom = (packed: readonly unknown[], first: number): Lineage[] => {
		const lineage: Lineage[] = [];
		for (let place = first; place < packed.length; place += 3) {
			const [rule, source, candidates] = [packed[place], packed[place + 1], packed[place + 2]] as [number, number, number];
			const [from, by] = [sources[source], rules[rule]];
			if (from === undefined || by === undefined) throw new DamagedText(what());
			const [system, object, sourceId, updatedAt] = from;
			lineage.push({ rule: by, system, object, sourceId, updatedAt: updatedAt ?? '', candidates });
		}
		return lineage;
	};
	return {
		attributes: unpacked(attributes, what, isGoldenValue, (packed) => ({ value: packed[0], lineage: lineageFrom(packed, 1) })),
		identifiers,
		consent: unpacked(consent, what, isText, (packed) => ({ status: packed[0], ...(packed[1] !== null && { at: packed[1] }), lineage: lineageFrom(packed, 2) })),
		records: sources.slice(0, records).map(([system, object, sourceId]) => ({ system, object, sourceId })),
		metrics: unpacked(metrics, what, isMetric, (packed) => ({ value: packed[0], reasons: packed.length === 1 ? [] : (packed.slice(1) as string[]) })),
		segments,
	};
}

/** The entries of what it has by name are looked at one by one as they are unpacked. */
function isPacked(value: unknown): boolean {
	if (!isFields(value)) return false;
	const { identifiers, segments, records, sources, rules } = value;
	return (
		isListOf(identifiers, (one) => hasTexts(one, 'kind', 'value')) &&
		isListOf(segments, (one) => hasTexts(one, 'name', 'reason')) &&
		typeof records === 'number' &&
		isListOf(sources, (one) => isListOfTexts(one) && one.length >= 3) &&
		isListOfTexts(rules)
	);
}

/** Things in the order in which they were first met, each once. */
class Places<T> {
	readonly list: T[] = [];
	private readonly places = new Map<string, number>();

	of(key: string, item: T): number {
		let place = this.places.get(key);
		if (place === undefined) {
			place = this.list.push(item) - 1;
			this.places.set(key, place);
		}
		return place;
	}
}

/** The records of a cluster, and behind them what else a lineage names: a record at another time, or one that is not of the cluster. */
class Sources {
	private readonly places = new Places<{ ref: RecordRef; updatedAt?: string }>();
	private readonly records: Map<string, number>;

	constructor(records: readonly RecordRef[]) {
		this.records = new Map(records.map((ref, place) => [keyOf(ref), this.places.of(`${place}`, { ref })]));
	}

	of(lineage: Lineage): number {
		const key = keyOf(lineage);
		const own = this.records.get(key);
		const source = own === undefined ? undefined : this.places.list[own];
		if (own === undefined || !source || (source.updatedAt ?? lineage.updatedAt) !== lineage.updatedAt) {
			return this.places.of(`${lineage.updatedAt} ${key}`, { ref: lineage, updatedAt: lineage.updatedAt });
		}
		source.updatedAt = lineage.updatedAt;
		return own;
	}

	list(): PackedSource[] {
		return this.places.list.map(({ ref: { system, object, sourceId }, updatedAt }) =>
			updatedAt === undefined ? [system, object, sourceId] : [system, object, sourceId, updatedAt],
		);
	}
}

function keyOf({ system, object, sourceId }: RecordRef): string {
	// The lengths tell apart what runs together.
	return `${system.length}:${object.length}:${system}${object}${sourceId}`;
}

function mapped<From, To>(values: Readonly<Record<string, From>>, change: (value: From) => To): Record<string, To> {
	return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value)]));
}

/**
 * The same object with other values: nobody else has it, and making another one is half of what reading a profile costs.
 * @param isFirst whether the first part of an entry may be what it is
 */
function unpacked<From extends readonly unknown[], To>(
	values: Record<string, From>,
	what: () => string,
	isFirst: (first: unknown) => boolean,
	change: (value: From) => To,
): Record<string, To> {
	if (!isFields(values)) throw new DamagedText(what());
	const changed = values as Record<string, From | To>;
	for (const name of Object.keys(values)) {
		const value = values[name] as From;
		if (!isList(value) || !isFirst(value[0])) throw new DamagedText(what());
		changed[name] = change(value);
	}
	return changed as Record<string, To>;
}

function isGoldenValue(value: unknown): boolean {
	return isMetric(value) || isListOf(value, isScalar);
}

/** JSON has null also for a sum that no number can hold. */
function isMetric(value: unknown): boolean {
	return value === null || isScalar(value);
}
