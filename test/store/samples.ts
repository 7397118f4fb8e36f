import type { Decision, Evidence, GoldenRecord, LedgerEntry, RecordNo, RecordRef, SourceRecord } from '../../lib/domain';
import type { IdentityStore } from '../../lib/store';

export const AT = '2026-03-01T09:00:00.000Z';

export function ref(sourceId: string, object = 'contact'): RecordRef {
	return { system: 'crm', object, sourceId };
}

export function person(sourceId: string, changes: Partial<SourceRecord> = {}): SourceRecord {
	return {
		...ref(sourceId),
		version: '1',
		updatedAt: '2026-01-01T00:00:00.000Z',
		kind: 'person',
		attributes: { given_name: [{ value: 'Ann', valid: true }] },
		identifiers: [{ kind: 'email', value: `${sourceId}@example.com` }],
		consent: [],
		links: [],
		...changes,
	};
}

export function golden(changes: Partial<GoldenRecord> = {}): GoldenRecord {
	return { attributes: {}, identifiers: [], consent: {}, metrics: {}, segments: [], records: [], ...changes };
}

export function edge(a: RecordNo, b: RecordNo, changes: Partial<Evidence> = {}): Evidence {
	const comparisons = [{ comparison: 'email', level: 'exact', weight: 12.5, value: 'ann@example.com' }];
	return { a, b, rule: 'email', weight: 12.5, outcome: 'match', modelVersion: 1, at: AT, comparisons, ...changes };
}

export function decision(a: string, b: string, verdict: Decision['verdict'], at = AT): Decision {
	return { a: ref(a), b: ref(b), verdict, actor: 'kim', reason: 'asked the customer', at };
}

export function ledgerEntry(target: string, changes: Partial<LedgerEntry> = {}): LedgerEntry {
	return { destination: 'crm:contact', target, canonicalId: 'c-1', acknowledged: {}, status: 'pending', attempts: 0, at: AT, ...changes };
}

/** Stores persons with these source IDs and gives their numbers, in order. */
export async function putPersons(store: IdentityStore, ...sourceIds: string[]): Promise<RecordNo[]> {
	const results = await store.write(async (tx) => await tx.records.put(sourceIds.map((sourceId) => person(sourceId)), AT));
	return results.map(({ no }) => no);
}

/** Creates person profiles with these canonical IDs and gives their numbers, in order. */
export async function createProfiles(store: IdentityStore, ...canonicalIds: string[]): Promise<number[]> {
	return await store.write(
		async (tx) => await tx.profiles.create(canonicalIds.map((canonicalId) => ({ canonicalId, entity: 'person' as const, at: AT }))),
	);
}

export async function countRecords(store: IdentityStore): Promise<number> {
	return await store.read(async (tx) => (await tx.records.counts())[0]?.records ?? 0);
}
