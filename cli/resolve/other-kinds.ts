import { type RecordRef, refKey, type StoreReader } from '../../lib';
import { counted, say, type Terminal } from '../terminal';
import type { RowBatch } from './batches';
import type { RowLedger } from './row-ledger';

const OTHER: Readonly<Record<string, string>> = { person: 'company', company: 'person' };

/** Finds rows under whose source and ID the store has a record of the other kind. Both stay, for a reference has the kind in it: somebody should know. */
export class OtherKinds {
	private rows = 0;
	private example = '';
	/** Where there is nothing to find, nothing is looked up. */
	private held: ReadonlySet<string> | undefined;

	constructor(private readonly ledger: RowLedger) {}

	async note(tx: StoreReader, { records, nos, input }: RowBatch): Promise<void> {
		this.held ??= new Set((await tx.records.counts()).map(({ system, object }) => nameOf(system, object)));
		const others = records.flatMap(({ system, object, sourceId }, index) => {
			const { [object]: other = '' } = OTHER;
			return this.held?.has(nameOf(system, other)) ? [{ index, ref: { system, object: other, sourceId } }] : [];
		});
		if (others.length === 0) return;
		const heads = await tx.records.headsByRef(others.map(({ ref }) => ref));
		for (const { index, ref } of others) {
			const head = heads.get(refKey(ref));
			if (head && !head.deleted) this.found(ref, records[index] as RecordRef, `${input.csv.path}, line ${this.ledger.row(nos[index] ?? 0).line}`);
		}
	}

	tell(terminal: Terminal): void {
		if (this.rows === 0) return;
		say(
			terminal,
			`  In ${counted(this.rows, 'row')} the ID is that of a record of the other kind, person or company, which the store has from the same source, and both stay (${this.example}). ` +
				'Where the two are one, load the files of that source with the right --type into a new --store. Where people and companies have numbers of their own there, nothing is wrong.',
		);
	}

	private found(stored: RecordRef, row: RecordRef, where: string): void {
		this.rows += 1;
		this.example ||= `${where}: ${refKey(row)} beside ${refKey(stored)}`;
	}
}

function nameOf(system: string, object: string): string {
	return `${object}:${system}`;
}
