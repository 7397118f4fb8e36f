import type { Contradictions } from './contradictions';
import type { Contradiction } from './guards';

/** Why two sets must not become one: a person decided so, or a record of each contradicts the other. */
export type Obstacle = { kind: 'decision' } | { kind: 'unique' | 'contradiction'; a: number; b: number; found: Contradiction };

/** Two records that evidence ties although they state something differently. */
interface Outweighed {
	a: number;
	b: number;
	comparison: Contradiction['comparison'];
}

/** Union-find whose sets know what they must not be joined with. */
export class ClusterSets {
	private readonly parent = new Map<number, number>();
	/** Members by face, for each root. */
	private readonly members = new Map<number, Map<number, number[]>>();
	/** Roots that a person keeps apart from each root. */
	private readonly apart = new Map<number, Set<number>>();
	/** Pairs that contradict each other and that a person put together all the same, by root. */
	private readonly accepted = new Map<number, [number, number][]>();
	/** Pairs that contradict each other and that their evidence ties all the same (one number of their own, a birth date that must be wrong), by the root of each end. */
	private readonly outweighed = new Map<number, Outweighed[]>();

	constructor(
		nos: readonly number[],
		different: readonly { a: number; b: number }[],
		ties: readonly { a: number; b: number }[],
		private readonly contradictions: Contradictions,
	) {
		for (const no of nos) {
			this.parent.set(no, no);
			this.members.set(no, new Map([[contradictions.face(no), [no]]]));
		}
		for (const { a, b } of ties) {
			const found = contradictions.discrepancy(a, b);
			if (!found) continue;
			for (const no of [a, b]) this.outweighed.set(no, [...(this.outweighed.get(no) ?? []), { a, b, comparison: found.comparison }]);
		}
		for (const { a, b } of different) if (this.parent.has(a) && this.parent.has(b)) this.keepApart(a, b);
	}

	joined(a: number, b: number): boolean {
		return this.find(a) === this.find(b);
	}

	decidedApart(a: number, b: number): boolean {
		return this.apart.get(this.find(a))?.has(this.find(b)) ?? false;
	}

	/** Equal for records that nothing but their number tells apart: as long as neither is joined or decided about, only what they say counts. */
	likeness(no: number): string {
		const root = this.find(no);
		const byFace = this.membersOf(root);
		const untouched = !this.apart.has(root) && byFace.size === 1 && byFace.get(this.contradictions.face(no))?.length === 1;
		return untouched ? `like ${this.contradictions.face(no)}` : `in ${root} like ${this.contradictions.face(no)}`;
	}

	joinByDecision(a: number, b: number): void {
		if (this.joined(a, b) || this.decidedApart(a, b)) return;
		const [left, right] = [this.find(a), this.find(b)];
		const known = [...(this.accepted.get(left) ?? []), ...(this.accepted.get(right) ?? []), ...this.conflicts(left, right)];
		this.join(a, b);
		this.accepted.set(this.find(a), known);
	}

	/** What keeps the sets of `a` and `b` apart, the strongest of it; undefined when they may become one. */
	obstacle(a: number, b: number): Obstacle | undefined {
		if (this.decidedApart(a, b)) return { kind: 'decision' };
		const [left, right] = [this.find(a), this.find(b)];
		const accepted = [...(this.accepted.get(left) ?? []), ...(this.accepted.get(right) ?? [])];
		const within = (no: number) => [left, right].includes(this.find(no));
		const outweighed = [...(this.outweighed.get(left) ?? []), ...(this.outweighed.get(right) ?? [])].filter(({ a: p, b: q }) => within(p) && within(q));
		const byInitial = this.contradictions.hasInitial(a) || this.contradictions.hasInitial(b);
		let obstacle: Obstacle | undefined;
		for (const [x, y] of this.conflicts(left, right, byInitial)) {
			const found = byInitial ? this.contradictions.betweenByInitial(x, y) : this.contradictions.between(x, y);
			if (!found || this.isAccepted(x, y, accepted)) continue;
			if (found.comparison === 'unique_identifier') return { kind: 'unique', a: x, b: y, found };
			if (!this.isOutweighed(x, y, found, outweighed)) obstacle ??= { kind: 'contradiction', a: x, b: y, found };
		}
		return obstacle;
	}

	join(a: number, b: number): void {
		const [keep, drop] = [this.find(a), this.find(b)].sort((x, y) => x - y) as [number, number];
		if (keep === drop) return;
		const kept = this.membersOf(keep);
		for (const [face, nos] of this.membersOf(drop)) {
			const list = kept.get(face);
			if (list) for (const no of nos) list.push(no);
			else kept.set(face, nos);
		}
		this.members.delete(drop);
		this.parent.set(drop, keep);
		const accepted = [...(this.accepted.get(keep) ?? []), ...(this.accepted.get(drop) ?? [])];
		if (accepted.length > 0) this.accepted.set(keep, accepted);
		const outweighed = [...(this.outweighed.get(keep) ?? []), ...(this.outweighed.get(drop) ?? [])];
		if (outweighed.length > 0) this.outweighed.set(keep, outweighed);
		for (const other of this.apart.get(drop) ?? []) {
			this.apart.get(other)?.delete(drop);
			this.keepApart(keep, other);
		}
		this.apart.delete(drop);
	}

	clusters(): number[][] {
		return [...this.members.values()]
			.map((byFace) => [...byFace.values()].flat().sort((x, y) => x - y))
			.sort((x, y) => (x[0] as number) - (y[0] as number));
	}

	/** Pairs across two sets that contradict each other by what they say. */
	private *conflicts(left: number, right: number, byInitial = false): Generator<[number, number]> {
		for (const [face, nos] of this.membersOf(left)) {
			for (const [other, others] of this.membersOf(right)) {
				const found = byInitial ? this.contradictions.betweenFacesByInitial(face, other) : this.contradictions.betweenFaces(face, other);
				if (!found) continue;
				for (const x of nos) for (const y of others) yield [x, y];
			}
		}
	}

	/**
	 * A person who puts Ann and Bob together says that these two names are one customer's: a further Ann and a further Bob
	 * contradict each other no more than those two do.
	 */
	private isAccepted(x: number, y: number, accepted: readonly [number, number][]): boolean {
		const fits = (one: number, other: number) => this.contradictions.between(one, other) === undefined;
		return accepted.some(([p, q]) => (fits(x, p) && fits(y, q)) || (fits(x, q) && fits(y, p)));
	}

	/**
	 * Two records with a contradiction that were compared and found to be one say that one of them is wrong in that respect:
	 * others that are right and wrong in the same way contradict each other no more than those two do.
	 */
	private isOutweighed(x: number, y: number, { comparison }: Contradiction, outweighed: readonly Outweighed[]): boolean {
		const fits = (one: number, other: number) => this.contradictions.betweenFaces(this.contradictions.face(one), this.contradictions.face(other)) === undefined;
		return outweighed.some(({ a, b, comparison: other }) => other === comparison && ((fits(x, a) && fits(y, b)) || (fits(x, b) && fits(y, a))));
	}

	private keepApart(a: number, b: number): void {
		const [x, y] = [this.find(a), this.find(b)];
		this.apart.set(x, (this.apart.get(x) ?? new Set<number>()).add(y));
		this.apart.set(y, (this.apart.get(y) ?? new Set<number>()).add(x));
	}

	private membersOf(root: number): Map<number, number[]> {
		return this.members.get(root) ?? new Map<number, number[]>();
	}

	private find(no: number): number {
		let root = no;
		while (this.parent.get(root) !== root) root = this.parent.get(root) as number;
		let at = no;
		while (at !== root) {
			const next = this.parent.get(at) as number;
			this.parent.set(at, root);
			at = next;
		}
		return root;
	}
}
