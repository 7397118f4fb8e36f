import { type Evidence, openStore } from '../../../lib';

const PAGE = 1000;
/** When things were stored is another time in each run, and how often weights were put in force has no say in what is in the store. */
const OF_THE_RUN = new Set(['at', 'createdAt', 'updatedAt', 'firstSeenAt', 'modelVersion', 'revision']);

/** All that a store holds of records, evidence, profiles and rejections, as text; equal for stores that hold the same under other canonical IDs. */
export async function contentsOf(file: string): Promise<string> {
	const store = await openStore({ file });
	try {
		const records = await all((after: { no: number } | undefined) => store.read((tx) => tx.records.scan(after?.no ?? 0, PAGE)));
		const evidence = await all((after: Evidence | undefined) => store.read((tx) => tx.evidence.scan(after ?? null, PAGE)));
		const profiles = await all((after: { no: number } | undefined) => store.read((tx) => tx.profiles.scan(after?.no ?? 0, PAGE)));
		const rejections = await store.read((tx) => tx.rejections.list(1_000_000));
		const lines = [...records, ...evidence, ...profiles, ...rejections.reverse()];
		return withoutIds(lines.map((line) => JSON.stringify(line, (key, value: unknown) => (OF_THE_RUN.has(key) ? undefined : value))).join('\n'));
	} finally {
		await store.close();
	}
}

async function all<T>(page: (after: T | undefined) => Promise<T[]>): Promise<T[]> {
	const found: T[] = [];
	for (;;) {
		const more = await page(found.at(-1));
		if (more.length === 0) return found;
		found.push(...more);
	}
}

/** Canonical IDs are new in each store: here they are named by their first appearance. */
export function withoutIds(text: string): string {
	const names = new Map<string, string>();
	return text.replaceAll(/\b(?:per|com)_[0-9A-Z]{26}\b/g, (id) => {
		const name = names.get(id) ?? `id${names.size}`;
		names.set(id, name);
		return name;
	});
}
