import type { GoldenRecord, SegmentMembership } from '../domain';
import type { StoredProfile } from '../store';
import type { PackedGolden } from '../store/packed-golden';
import type { Assembled } from './assemble';

/** A profile as it is to be saved, and what is to be told of it. */
export interface Rebuilt extends Omit<Assembled, 'golden'> {
	golden: GoldenRecord | PackedGolden;
	/** Names of what differs from before for those who use a profile. */
	changes: string[];
	segments: SegmentMembership[];
	/** How many it was made of. */
	records: number;
}

export function rebuilt(before: Pick<StoredProfile, 'golden' | 'companies'>, next: Assembled): Rebuilt {
	return { ...next, changes: visibleChanges(before, next), segments: next.golden.segments, records: next.golden.records.length };
}

/**
 * Names of what differs for those who use a profile: values, not where they come from. A record that only became newer
 * (as after our own write-back) changes the lineage and is no event.
 */
function visibleChanges(before: Pick<StoredProfile, 'golden' | 'companies'>, after: Assembled): string[] {
	if (before.golden === null) return differences(before, after);
	return differences({ ...before, golden: withoutLineage(before.golden) }, { ...after, golden: withoutLineage(after.golden) });
}

function withoutLineage(golden: GoldenRecord): GoldenRecord {
	const strip = <T extends { lineage: unknown[] }>(values: Record<string, T>) =>
		Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { ...value, lineage: [] }]));
	return { ...golden, attributes: strip(golden.attributes), consent: strip(golden.consent) };
}

/** Names of everything that differs, lineage included; empty for a profile that is what it has to be. */
export function differences(before: Pick<StoredProfile, 'golden' | 'companies'>, after: Assembled): string[] {
	const old = before.golden;
	if (old === null) return [...Object.keys(after.golden.attributes), ...Object.keys(after.golden.metrics)];
	const differing = (x: Record<string, unknown>, y: Record<string, unknown>) =>
		[...new Set([...Object.keys(x), ...Object.keys(y)])].filter((name) => !equal(x[name], y[name]));
	return [
		...differing(old.attributes, after.golden.attributes),
		...differing(old.metrics, after.golden.metrics),
		...differing(old.consent, after.golden.consent).map((purpose) => `consent.${purpose}`),
		...(['identifiers', 'segments', 'records'] as const).filter((part) => !equal(old[part], after.golden[part])),
		...(equal(before.companies, after.companies) ? [] : ['companies']),
	];
}

/** Deep equality of JSON values that does not mind the order of names. */
function equal(x: unknown, y: unknown): boolean {
	// Nearly always both are, and in the same order.
	return JSON.stringify(x) === JSON.stringify(y) || stable(x) === stable(y);
}

function stable(value: unknown): string {
	const sorted = JSON.stringify(value, (_, part: unknown) =>
		part !== null && typeof part === 'object' && !Array.isArray(part) ? Object.fromEntries(Object.entries(part).sort(([x], [y]) => (x < y ? -1 : 1))) : part,
	) as string | undefined;
	return sorted ?? 'undefined';
}
