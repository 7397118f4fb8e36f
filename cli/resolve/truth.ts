import { CliError } from '../cli-error';
import { columnKey, recognise } from '../columns/column-names';
import { openCsv, readRows } from '../csv/rows';
import type { ResolvedRow } from './clusters';
import { type Accuracy, AccuracyCount } from '../../lib';
import { type Mistake, Mistakes, type NamedRow } from './mistakes';

const WHO_NAMES = ['personid', 'cluster', 'clusterid', 'entityid', 'canonicalid', 'truth', 'who'];

export interface TruthReport extends Accuracy {
	/** Rows of the input that the truth names; only these count. */
	records: number;
	/** Rows of the truth that the input does not have. */
	missing: number;
}

/** Who is who, as a file says it. */
export class Truth {
	private readonly who = new Map<string, { who: string; line: number; seen: boolean }>();
	private readonly counts = new AccuracyCount();
	private readonly wrong = new Mistakes();
	private records = 0;

	private constructor(
		private readonly path: string,
		private readonly hasSources: boolean,
	) {}

	/**
	 * Reads a file with the columns `source,source_id,person_id`, or `id,cluster` when IDs are not repeated among sources.
	 * @throws CliError
	 */
	static async read(path: string): Promise<Truth> {
		const csv = await openCsv(path);
		const whoColumn = firstOf(WHO_NAMES, csv.columns);
		const ids = csv.columns.flatMap((name, index) => {
			const found = index === whoColumn ? undefined : recognise(name);
			return found?.target === 'id' ? [{ index, rank: found.rank }] : [];
		});
		const idColumn = ids.sort((x, y) => x.rank - y.rank)[0]?.index;
		if (whoColumn === undefined || idColumn === undefined) {
			throw new CliError(`${path} is no truth file: it has ${csv.columns.join(', ')}. It needs the columns source,source_id,person_id or id,cluster.`);
		}
		const sourceColumn = firstOf(['source', 'datasource', 'sourcesystem', 'sourcedataset'], csv.columns);
		const truth = new Truth(path, sourceColumn !== undefined);
		for await (const { line, cells } of readRows(csv)) {
			const key = truth.keyOf(sourceColumn === undefined ? '' : (cells[sourceColumn] ?? ''), cells[idColumn] ?? '');
			const earlier = truth.who.get(key);
			if (earlier) throw new CliError(`${path}, lines ${earlier.line} and ${line}: two rows name the same record. Take one of them out.`);
			truth.who.set(key, { who: cells[whoColumn] ?? '', line, seen: false });
		}
		return truth;
	}

	/** Counts a row of the result; one that the truth doesn't name is left out. @throws CliError */
	add({ source, id, canonicalId }: ResolvedRow): void {
		const entry = this.who.get(this.keyOf(source, id));
		if (!entry) return;
		if (entry.seen) {
			throw new CliError(`${this.path}, line ${entry.line}: this ID is that of records in two sources. Add a column "source" to the truth file.`);
		}
		entry.seen = true;
		this.records += 1;
		this.counts.add(entry.who, canonicalId);
		this.wrong.add(entry.who, { source, id, canonicalId });
	}

	report(): TruthReport {
		return { ...this.counts.figures(), records: this.records, missing: this.who.size - this.records };
	}

	/** Examples of what went wrong, among the rows that were counted. */
	mistakes(): Mistake[] {
		return this.wrong.list();
	}

	/** Whether two rows are one customer; undefined where the truth doesn't name both. */
	areOne(left: NamedRow, right: NamedRow): boolean | undefined {
		const [x, y] = [left, right].map(({ source, id }) => this.who.get(this.keyOf(source, id)));
		return x && y ? x.who === y.who : undefined;
	}

	private keyOf(source: string, id: string): string {
		return this.hasSources ? `${source}\n${id}` : id;
	}
}

function firstOf(names: readonly string[], columns: readonly string[]): number | undefined {
	const keys = columns.map(columnKey);
	return names.map((name) => keys.indexOf(name)).find((index) => index >= 0);
}
