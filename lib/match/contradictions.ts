import type { Comparable } from './comparable';
import { contradiction, type Contradiction, discrepancy } from './guards';
import { compareNames, type NameLevel } from './names';
import { isOtherIdentifier } from './pair-view';

const NOT_THE_SAME: ReadonlySet<NameLevel> = new Set<NameLevel>(['similar', 'other_initial', 'different']);

/** Who contradicts whom among some records. Judged once for each two ways to look, because copies of one record look alike. */
export class Contradictions {
	private readonly faces = new Map<number, number>();
	private readonly examples: Comparable[] = [];
	private readonly found = new Map<number, Contradiction | null>();
	private readonly tied = new Map<number, Set<number>>();

	/** @param ties pairs with evidence that they are one: what speaks against it was weighed when they were compared. */
	constructor(records: readonly Comparable[], ties: readonly { a: number; b: number }[]) {
		const known = new Map<string, number>();
		for (const record of records) {
			const name = faceOf(record);
			const face = known.get(name) ?? this.examples.push(record) - 1;
			known.set(name, face);
			this.faces.set(record.no, face);
		}
		for (const { a, b } of ties) this.tied.set(a, (this.tied.get(a) ?? new Set<number>()).add(b));
	}

	/** Equal for records that contradict the same others. */
	face(no: number): number {
		return this.faces.get(no) ?? -1;
	}

	/** By what the records say, whatever ties them. */
	betweenFaces(x: number, y: number): Contradiction | undefined {
		const name = Math.min(x, y) * this.examples.length + Math.max(x, y);
		const known = this.found.get(name);
		if (known !== undefined) return known ?? undefined;
		const [a, b] = [this.examples[x], this.examples[y]];
		const fresh = a && b ? contradiction(a, b) : undefined;
		this.found.set(name, fresh ?? null);
		return fresh;
	}

	/** What these two state differently, whatever ties them. */
	discrepancy(x: number, y: number): Contradiction | undefined {
		const [a, b] = [this.examples[this.face(x)], this.examples[this.face(y)]];
		return a && b && a.entity === b.entity ? discrepancy(a, b) : undefined;
	}

	/**
	 * As {@link between}, where the two would be one through a record with an initial for a given name: that fits Anna and Anne, so that it
	 * doesn't tell whether these are one.
	 */
	betweenByInitial(x: number, y: number): Contradiction | undefined {
		return this.areTied(x, y) ? undefined : this.betweenFacesByInitial(this.face(x), this.face(y));
	}

	betweenFacesByInitial(x: number, y: number): Contradiction | undefined {
		const found = this.betweenFaces(x, y);
		const [a, b] = [this.examples[x], this.examples[y]];
		if (found || !a || !b || x === y || a.entity === 'company' || isInitialOnly(a) || isInitialOnly(b)) return found;
		return NOT_THE_SAME.has(compareNames(a, b).given) ? { comparison: 'given_name', level: 'only an initial ties them', weight: -8 } : undefined;
	}

	hasInitial(no: number): boolean {
		const record = this.examples[this.face(no)];
		return record !== undefined && isInitialOnly(record);
	}

	private areTied(x: number, y: number): boolean {
		return x === y || (this.tied.get(x)?.has(y) ?? false) || (this.tied.get(y)?.has(x) ?? false);
	}

	between(x: number, y: number): Contradiction | undefined {
		return this.areTied(x, y) ? undefined : this.betweenFaces(this.face(x), this.face(y));
	}
}

function isInitialOnly({ given }: Comparable): boolean {
	return given.length > 0 && given.every((name) => name.length === 1);
}

/** Everything that a contradiction looks at. */
function faceOf({ streets, postalCodes, cities, companyDomains, entity, given, nicknames, givenScript, middle, family, familyScript, written, suffix, birthDates, unique, identifiers }: Comparable): string {
	const numbers = [...unique].map(([kind, values]) => [kind, ...[...values].sort()]).sort((x, y) => ((x[0] as string) < (y[0] as string) ? -1 : 1));
	const own = identifiers.filter(({ kind }) => isOtherIdentifier(kind)).map(({ kind, value }) => `${kind}:${value}`).sort();
	const places = entity === 'company' ? [streets, postalCodes, cities, companyDomains] : [];
	return JSON.stringify([entity, ...places, given, nicknames, givenScript, middle, family, familyScript, written, suffix, birthDates, numbers, own]);
}
