import { type IdentityStore, type RecordRef, refKey } from '../../lib';
import type { LedgerRow, RowLedger } from './row-ledger';

/** An input row with the ID of who it is. */
export interface ResolvedRow extends Pick<LedgerRow, 'source' | 'id'> {
	canonicalId: string;
}

const PAGE = 1000;

/**
 * The input rows in order, each with its canonical ID as the store has it now.
 * A rejected row gets an ID that no other has, `rejected:<source>:<id>`: it is in no profile and so nobody's match.
 */
export async function* resolvedRows(store: IdentityStore, ledger: RowLedger): AsyncGenerator<ResolvedRow> {
	let last = 0;
	for (;;) {
		const page = ledger.page(last, PAGE);
		const final = page.at(-1);
		if (!final) return;
		last = final.no;
		const ids = await canonicalIds(store, page.filter(({ rejected }) => !rejected).map(toRef));
		for (const row of page) {
			const canonicalId = row.rejected ? `rejected:${row.source}:${row.id}` : ids.get(refKey(toRef(row)));
			if (canonicalId === undefined) throw new Error(`the record ${refKey(toRef(row))} is in no profile of ${store.location}`);
			yield { source: row.source, id: row.id, canonicalId };
		}
	}
}

function toRef({ source, kind, id }: LedgerRow): RecordRef {
	return { system: source, object: kind, sourceId: id };
}

async function canonicalIds(store: IdentityStore, refs: readonly RecordRef[]): Promise<Map<string, string>> {
	return store.read(async (tx) => {
		const records = await tx.records.byRef(refs);
		const numbers = [...new Set([...records.values()].map(({ profileNo }) => profileNo).filter((no) => no !== null))];
		const profiles = new Map((await tx.profiles.byNo(numbers)).map((profile) => [profile.no, profile.canonicalId]));
		return new Map(
			[...records].flatMap(([key, { profileNo }]) => {
				const id = profileNo === null ? undefined : profiles.get(profileNo);
				return id === undefined ? [] : [[key, id] as const];
			}),
		);
	});
}
