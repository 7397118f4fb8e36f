import type { Entity } from '../../domain';
import type { StoredRecord, StoreReader } from '../../store';
import { DistinctValues } from './distinct-values';
import type { LargeProfile } from './figures';
import type { ProfileNumbers } from './profile-numbers';

const PAGE = 500;
const SHOWN = 3;

const KNOWN_BY: Record<Entity, readonly (readonly [label: string, ...attributes: string[]])[]> = {
	person: [['Name', 'given_name', 'family_name'], ['Birth date', 'birth_date'], ['Email', 'email'], ['Phone', 'phone'], ['City', 'city']],
	company: [['Name', 'company_name'], ['Web domain', 'company_domain'], ['Phone', 'phone'], ['City', 'city']],
};

interface Gathered {
	entity: Entity;
	records: number;
	systems: Map<string, number>;
	values: Map<string, DistinctValues>;
}

/** The largest profiles of more than one record; with equal sizes the older ones. Their records are read a page at a time. */
export async function largestProfiles(
	tx: StoreReader,
	profiles: ProfileNumbers,
	sizes: ReadonlyMap<number, number>,
	count: number,
): Promise<LargeProfile[]> {
	const chosen = [...sizes].filter(([, size]) => size > 1).sort(([x, xs], [y, ys]) => ys - xs || x - y).slice(0, count);
	const gathered = new Map<number, Gathered>(chosen.map(([no]) => [no, { entity: 'person', records: 0, systems: new Map(), values: new Map() }]));
	let page: number[] = [];
	const read = async () => {
		for (const record of await tx.records.byNo(page)) gather(record, gathered);
		page = [];
	};
	for (const no of profiles.recordsOf(new Set(gathered.keys()))) {
		page.push(no);
		if (page.length === PAGE) await read();
	}
	await read();
	const ids = new Map((await tx.profiles.byNo([...gathered.keys()])).map(({ no, canonicalId }) => [no, canonicalId]));
	return [...gathered].map(([no, { entity, records, systems, values }]) => ({
		canonicalId: ids.get(no) ?? '',
		entity,
		records,
		sources: [...systems].sort(([x, xs], [y, ys]) => ys - xs || (x < y ? -1 : 1)).map(([system, of]) => ({ system, records: of })),
		values: KNOWN_BY[entity].flatMap(([label]) => {
			const found = values.get(label);
			return found ? [{ label, most: found.most(SHOWN), distinct: found.distinct, more: found.more }] : [];
		}),
	}));
}

function gather({ profileNo, kind, system, attributes }: StoredRecord, gathered: ReadonlyMap<number, Gathered>): void {
	const profile = profileNo === null ? undefined : gathered.get(profileNo);
	if (!profile || kind === 'activity') return;
	profile.entity = kind;
	profile.records += 1;
	profile.systems.set(system, (profile.systems.get(system) ?? 0) + 1);
	for (const [label, ...names] of KNOWN_BY[kind]) {
		const found = names.map((name) => (attributes[name] ?? []).filter(({ valid }) => valid).map(({ value }) => String(value)));
		const texts = names.length > 1 ? [found.flatMap((values) => values.slice(0, 1)).join(' ')] : (found[0] ?? []);
		for (const text of texts) {
			if (text === '') continue;
			const values = profile.values.get(label) ?? new DistinctValues();
			profile.values.set(label, values);
			values.add(text);
		}
	}
}
