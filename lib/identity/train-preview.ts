import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Entity, type IdentityModel, type RecordNo, refKey } from '../domain';
import { type IdentityStore, openStore, type StoredRecord, type StoreReader } from '../store';
import { copyForMatching } from './copy-for-matching';
import { saveModel } from './current-model';
import type { MatchingAgain } from './match-again';

/** A profile, or the part of one, that a change of the model moves. */
export interface ProfilePart {
	/** Null for a profile that would be new. */
	canonicalId: string | null;
	/** Name of a record of it. */
	name: string;
	records: number;
}

/** One profile that would come of several, or several that would come of one. */
export interface ModelChange extends ProfilePart {
	entity: Entity;
	parts: ProfilePart[];
}

/** What another model would change. */
export interface ModelPreview {
	/** People and companies. */
	records: number;
	profiles: { before: number; after: number };
	/** Pairs of records in one profile; `joined` and `parted` are those that would come together and apart. */
	pairs: { before: number; after: number; joined: number; parted: number };
	/** Profiles that would hold records of several profiles of now. */
	merges: number;
	/** Profiles of now whose records would be in several. */
	splits: number;
	/** Open questions; `asked` would be new, `closed` would be gone. */
	questions: { before: number; after: number; asked: number; closed: number };
	/** Those with most records first; `parts` are the profiles of now. */
	largestMerges: ModelChange[];
	/** Those with most records first; `parts` are the profiles that would be. */
	largestSplits: ModelChange[];
}

export interface PreviewOptions {
	now: number;
	/** How many merges and splits to name. */
	largest?: number;
	/** An empty folder for the copy, of which the caller disposes; a temporary one when left out. */
	folder?: string;
	onProgress?: PreviewProgress;
}

/** Told after each page how many people and companies a step has done. */
export type PreviewProgress = (step: 'copying' | Parameters<MatchingAgain>[0], records: number) => void;

/**
 * Works out what a model would change, on a copy that is thrown away: the store itself, whatever its kind, is only read, nobody waits for it, and
 * nothing in it changes. The copy is a file of what matching needs, smaller than an embedded store of the same records.
 */
export async function previewModel(store: IdentityStore, model: IdentityModel, { now, largest = 10, folder, onProgress }: PreviewOptions): Promise<ModelPreview> {
	const place = folder ?? mkdtempSync(join(tmpdir(), 'customer360-preview-'));
	try {
		const copy = await openStore({ file: join(place, 'preview.sqlite') });
		try {
			await store.read((tx) => copyForMatching(tx, copy, (records) => onProgress?.('copying', records)));
			const before = await copy.read(lookAt);
			await saveModel(copy, model, 'preview', now, onProgress);
			return await copy.read(async (tx) => compare(tx, before, await lookAt(tx), largest));
		} finally {
			await copy.close();
		}
	} finally {
		if (folder === undefined) rmSync(place, { recursive: true, force: true });
	}
}

interface Look {
	/** Profile of each record. */
	places: Map<RecordNo, number>;
	ids: Map<number, { canonicalId: string; entity: Entity }>;
	questions: Set<string>;
}

const PAGE = 1000;

async function lookAt(tx: StoreReader): Promise<Look> {
	const look: Look = { places: new Map(), ids: new Map(), questions: new Set() };
	for (let last = 0; ; ) {
		const page = await tx.records.scan(last, PAGE);
		const final = page.at(-1);
		if (!final) break;
		last = final.no;
		for (const { no, profileNo } of page) if (profileNo !== null) look.places.set(no, profileNo);
	}
	for (let last = 0; ; ) {
		const page = await tx.profiles.scan(last, PAGE);
		const final = page.at(-1);
		if (!final) break;
		last = final.no;
		for (const { no, canonicalId, entity, empty } of page) if (!empty) look.ids.set(no, { canonicalId, entity });
	}
	for (;;) {
		const page = await tx.reviews.open(PAGE, look.questions.size);
		if (page.length === 0) return look;
		for (const { a, b } of page) look.questions.add(`${a}-${b}`);
	}
}

/** Records by the profile that they were in and the one that they would be in: how many, and one of them. */
type Crossing = Map<number, Map<number, { records: number; example: RecordNo }>>;

async function compare(tx: StoreReader, before: Look, after: Look, largest: number): Promise<ModelPreview> {
	const outOf: Crossing = new Map();
	const into: Crossing = new Map();
	for (const [no, old] of before.places) {
		const next = after.places.get(no);
		if (next === undefined) continue;
		count(outOf, old, next, no);
		count(into, next, old, no);
	}
	const [merges, splits] = [changed(into), changed(outOf)];
	const known = new Set([...before.ids.values()].map(({ canonicalId }) => canonicalId));
	const afterId = (no: number) => after.ids.get(no)?.canonicalId;
	const shownAfter = (no: number) => (known.has(afterId(no) ?? '') ? (afterId(no) ?? null) : null);
	const shownBefore = (no: number) => before.ids.get(no)?.canonicalId ?? null;
	const [together, stay] = [pairsIn(outOf), pairsBoth(outOf)];
	const afterPairs = pairsIn(into);
	const asked = [...after.questions].filter((pair) => !before.questions.has(pair)).length;
	const closed = [...before.questions].filter((pair) => !after.questions.has(pair)).length;
	return {
		records: before.places.size,
		profiles: { before: outOf.size, after: into.size },
		pairs: { before: together, after: afterPairs, joined: afterPairs - stay, parted: together - stay },
		merges: merges.length,
		splits: splits.length,
		questions: { before: before.questions.size, after: after.questions.size, asked, closed },
		largestMerges: await described(tx, merges.slice(0, largest), (no) => ({ id: shownAfter(no), entity: after.ids.get(no)?.entity }), shownBefore),
		largestSplits: await described(tx, splits.slice(0, largest), (no) => ({ id: shownBefore(no), entity: before.ids.get(no)?.entity }), shownAfter),
	};
}

function count(crossing: Crossing, from: number, to: number, no: RecordNo): void {
	const parts = crossing.get(from) ?? new Map<number, { records: number; example: RecordNo }>();
	crossing.set(from, parts);
	const part = parts.get(to);
	if (part) part.records += 1;
	else parts.set(to, { records: 1, example: no });
}

type Parts = { no: number; records: number; parts: { no: number; records: number; example: RecordNo }[] };

/** Those of several parts, the largest first. */
function changed(crossing: Crossing): Parts[] {
	return [...crossing]
		.filter(([, parts]) => parts.size > 1)
		.map(([no, parts]) => ({ no, records: sum(parts), parts: [...parts].map(([other, part]) => ({ no: other, ...part })).sort((x, y) => y.records - x.records || x.no - y.no) }))
		.sort((x, y) => y.records - x.records || x.no - y.no);
}

async function described(
	tx: StoreReader,
	changes: readonly Parts[],
	whole: (no: number) => { id: string | null; entity: Entity | undefined },
	partId: (no: number) => string | null,
): Promise<ModelChange[]> {
	const examples = await tx.records.byNo([...new Set(changes.flatMap(({ parts }) => parts.map(({ example }) => example)))]);
	const names = new Map(examples.map((record) => [record.no, nameOf(record)]));
	return changes.map(({ no, records, parts }) => {
		const named = parts.map((part): ProfilePart => ({ canonicalId: partId(part.no), name: names.get(part.example) ?? '', records: part.records }));
		const { id, entity } = whole(no);
		return { canonicalId: id, name: named[0]?.name ?? '', records, entity: entity ?? 'person', parts: named };
	});
}

/** What a person or company is called; the reference of a record without a name. */
function nameOf(record: StoredRecord): string {
	const first = (attribute: string) => {
		const value = record.attributes[attribute]?.find(({ valid }) => valid)?.value;
		return value === undefined ? [] : [String(value)];
	};
	const name = record.kind === 'company' ? first('company_name') : [...first('given_name'), ...first('family_name')];
	return name.length > 0 ? name.join(' ') : refKey(record);
}

function pairsIn(crossing: Crossing): number {
	let pairs = 0;
	for (const parts of crossing.values()) pairs += choose(sum(parts));
	return pairs;
}

/** Pairs that are together before and after. */
function pairsBoth(crossing: Crossing): number {
	let pairs = 0;
	for (const parts of crossing.values()) for (const { records } of parts.values()) pairs += choose(records);
	return pairs;
}

function sum(parts: ReadonlyMap<number, { records: number }>): number {
	let total = 0;
	for (const { records } of parts.values()) total += records;
	return total;
}

function choose(records: number): number {
	return (records * (records - 1)) / 2;
}
