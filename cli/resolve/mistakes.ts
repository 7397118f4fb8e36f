import type { ResolvedRow } from './clusters';

/** A row, as the truth names it. */
export type NamedRow = Pick<ResolvedRow, 'source' | 'id'>;

/** Two rows that stand in one profile and are two (`joined`), or are one and stand in two profiles (`missed`). */
export interface Mistake {
	kind: 'joined' | 'missed';
	left: NamedRow;
	right: NamedRow;
}

/** Most mistakes of a kind that are kept. */
const MOST = 5;

/** Keeps the first mistakes in the order of the rows, at most one of a profile and one of a customer. */
export class Mistakes {
	private readonly ofProfile = new Map<string, { row: NamedRow; who: string; seen: boolean }>();
	private readonly ofCustomer = new Map<string, { row: NamedRow; profile: string; seen: boolean }>();
	private readonly found: Record<Mistake['kind'], Mistake[]> = { joined: [], missed: [] };

	add(who: string, { source, id, canonicalId }: ResolvedRow): void {
		// A row that could not be used is no mistake of matching.
		if (canonicalId.startsWith('rejected:')) return;
		const row = { source, id };
		const joined = this.ofProfile.get(canonicalId);
		if (!joined) this.ofProfile.set(canonicalId, { row, who, seen: false });
		else if (joined.who !== who && !joined.seen) {
			joined.seen = true;
			this.keep({ kind: 'joined', left: joined.row, right: row });
		}
		const missed = this.ofCustomer.get(who);
		if (!missed) this.ofCustomer.set(who, { row, profile: canonicalId, seen: false });
		else if (missed.profile !== canonicalId && !missed.seen) {
			missed.seen = true;
			this.keep({ kind: 'missed', left: missed.row, right: row });
		}
	}

	/** Wrongly joined ones first. */
	list(): Mistake[] {
		return [...this.found.joined, ...this.found.missed];
	}

	private keep(mistake: Mistake): void {
		const list = this.found[mistake.kind];
		if (list.length < MOST) list.push(mistake);
	}
}
