import { Clusterings, compareRecords, explainPair, type IdentityStore, type MistakenPair, refKey, refOf, type StoredRecord, type StoreReader } from '../../lib';
import type { NamedRow } from './mistakes';
import type { Truth } from './truth';

/** The truth's examples of what went wrong, with all that one needs to see why. */
export async function explainMistakes(store: IdentityStore, truth: Truth): Promise<MistakenPair[]> {
	return store.read(async (tx) => {
		const model = await tx.models.current();
		const clusterings = model && new Clusterings(tx, model.model);
		const pairs: MistakenPair[] = [];
		for (const { kind, left: one, right: other } of truth.mistakes()) {
			const [left, right] = [await find(tx, one), await find(tx, other)];
			if (!model || !left || !right) continue;
			const { entity, weight, lines, sentence } = await explainPair(tx, left, right, model, clusterings);
			// A person and a company are never weighed against each other.
			if (entity === null || weight === null) continue;
			const shown = lines.filter((line) => line.kind !== 'prior' && line.kind !== 'missing');
			pairs.push({
				...{ kind, entity, left: refOf(left), right: refOf(right), weight, sentence, rows: compareRecords(left, right, model.model) },
				lines: shown.map((line) => ({ label: `${line.comparison}: ${line.level}`.replaceAll('_', ' '), weight: line.weight })),
				prior: lines.find((line) => line.kind === 'prior')?.weight ?? 0,
			});
		}
		return pairs;
	});
}

async function find(tx: StoreReader, { source, id }: NamedRow): Promise<StoredRecord | undefined> {
	const refs = ['person', 'company'].map((object) => ({ system: source, object, sourceId: id }));
	const records = await tx.records.byRef(refs);
	return refs.map((ref) => records.get(refKey(ref))).find((record) => record !== undefined && record.profileNo !== null);
}
