import type { Decision, DecisionEntry, RecordRef } from '../../domain';
import { supersedes } from '../decision-rank';
import { type DecisionRow, orderPair, type Pair, pairIn, toEntries } from '../decision-row';
import type { DecisionWriter } from '../interface';
import type { Connection } from './connection';
import { taken } from './counters';

interface Ordered extends Pair {
	entry: DecisionEntry;
	swapped: boolean;
	pair: string;
}

const OF_SIDE = (side: 'low' | 'high') =>
	`SELECT d.* FROM unnest($1::text[], $2::text[], $3::text[]) n (source_id, object, system)
	JOIN @decisions d ON d.${side}_source_id = n.source_id AND d.${side}_object = n.object AND d.${side}_system = n.system
	WHERE d.in_force AND EXISTS (SELECT 1 FROM @decisions WHERE in_force)`;

/** Decisions name records by reference, so that one can be made before the record arrives. */
export class PostgresDecisions implements DecisionWriter {
	constructor(private readonly db: Connection) {}

	async touching(refs: readonly RecordRef[]): Promise<Decision[]> {
		if (refs.length === 0) return [];
		// Most stores have none, and then no record has to be looked up.
		const rows = await this.db.all<DecisionRow>(
			`${OF_SIDE('low')} UNION ${OF_SIDE('high')}`,
			refs.map(({ sourceId }) => sourceId),
			refs.map(({ object }) => object),
			refs.map(({ system }) => system),
		);
		return toEntries(rows).filter((entry): entry is Decision => entry.verdict !== 'withdrawn');
	}

	async all(): Promise<DecisionEntry[]> {
		return toEntries(await this.db.all<DecisionRow>('SELECT * FROM @decisions'));
	}

	async add(decisions: readonly DecisionEntry[]): Promise<void> {
		if (decisions.length === 0) return;
		const ordered = decisions.map(toOrdered);
		const standing = await this.#standing(ordered);
		const overruled: number[] = [];
		const inForce = new Map<string, number>();
		ordered.forEach(({ entry, pair }, index) => {
			const before = inForce.has(pair) ? decisions[inForce.get(pair) as number] : standing.get(pair);
			if (before && !supersedes(entry, before)) return;
			const row = standing.get(pair);
			if (row && !inForce.has(pair)) overruled.push(row.id);
			inForce.set(pair, index);
		});
		if (overruled.length > 0) await this.db.run('UPDATE @decisions SET in_force = false WHERE id = ANY ($1::bigint[])', overruled);
		await this.#insert(ordered, new Set(inForce.values()));
	}

	async #standing(ordered: readonly Ordered[]): Promise<Map<string, DecisionRow>> {
		const rows = await this.db.all<DecisionRow>(
			`SELECT d.* FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[]) n (ls, lo, ly, hs, ho, hy)
			JOIN @decisions d ON d.low_source_id = n.ls AND d.low_object = n.lo AND d.low_system = n.ly
				AND d.high_source_id = n.hs AND d.high_object = n.ho AND d.high_system = n.hy
			WHERE d.in_force`,
			...pairColumns(ordered),
		);
		return new Map(rows.map((row) => [nameOf(pairIn(row)), row]));
	}

	async #insert(ordered: readonly Ordered[], inForce: ReadonlySet<number>): Promise<void> {
		await this.db.run(
			`WITH ${taken('decisions', '$13')}
			INSERT INTO @decisions (low_source_id, low_object, low_system, high_source_id, high_object, high_system, swapped, verdict, actor, reason, at,
				in_force, id)
			SELECT n.ls, n.lo, n.ly, n.hs, n.ho, n.hy, n.swapped, n.verdict, n.actor, n.reason, n.at, n.in_force, taken.base + n.place
			FROM taken, unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::boolean[], $8::text[], $9::text[], $10::text[],
				$11::text[], $12::boolean[]) WITH ORDINALITY n (ls, lo, ly, hs, ho, hy, swapped, verdict, actor, reason, at, in_force, place)`,
			...pairColumns(ordered),
			ordered.map(({ swapped }) => swapped),
			ordered.map(({ entry }) => entry.verdict),
			ordered.map(({ entry }) => entry.actor),
			ordered.map(({ entry }) => entry.reason),
			ordered.map(({ entry }) => entry.at),
			ordered.map((_, index) => inForce.has(index)),
			ordered.length,
		);
	}
}

function toOrdered(entry: DecisionEntry): Ordered {
	const pair = orderPair(entry);
	return { entry, ...pair, pair: nameOf(pair) };
}

function nameOf({ low, high }: Pair): string {
	return JSON.stringify([low.sourceId, low.object, low.system, high.sourceId, high.object, high.system]);
}

function pairColumns(ordered: readonly Ordered[]): string[][] {
	return [
		ordered.map(({ low }) => low.sourceId),
		ordered.map(({ low }) => low.object),
		ordered.map(({ low }) => low.system),
		ordered.map(({ high }) => high.sourceId),
		ordered.map(({ high }) => high.object),
		ordered.map(({ high }) => high.system),
	];
}
