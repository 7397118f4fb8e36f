import type { RecordNo } from '../domain';
import { refuseWhileLoading } from './first-load';
import type { IdentityStore, PutResult, StoredRecord, StoreReader, StoreWriter } from '../store';

const PAGE = 1000;

/**
 * Copies what matching depends on into an empty store, page by page: records of people and companies with their profiles and the IDs of these,
 * decisions, open questions and the model in force. Keys and evidence follow from them and are left to whoever matches again; golden records,
 * activities and the change feed have no say. Numbers are new ones, in the same order: of two profiles the older stays the older.
 * @param onCopied told after each page how many records there are
 * @throws StoreError `conflict` where records wait to be matched
 */
export async function copyForMatching(from: StoreReader, to: IdentityStore, onCopied: (records: number) => void = () => undefined): Promise<void> {
	await refuseWhileLoading(from);
	const model = await from.models.current();
	const decisions = await from.decisions.all();
	await to.write(async (tx) => {
		if (model) await tx.models.add(model.model, model.actor, model.createdAt);
		await tx.decisions.add(decisions);
	});
	const records = await copyRecords(from, to, onCopied);
	await copyProfiles(from, to, records.places);
	await copyQuestions(from, to, records.nos);
}

interface CopiedRecords {
	/** Number in the copy by the record's own. */
	nos: ReadonlyMap<RecordNo, RecordNo>;
	/** Number in the copy, and the profile's own number. */
	places: readonly { no: RecordNo; profileNo: number }[];
}

async function copyRecords(from: StoreReader, to: IdentityStore, onCopied: (records: number) => void): Promise<CopiedRecords> {
	const nos = new Map<RecordNo, RecordNo>();
	const places: { no: RecordNo; profileNo: number }[] = [];
	for (let last = 0; ; ) {
		const page = await from.records.scan(last, PAGE);
		const final = page.at(-1);
		if (!final) return { nos, places };
		last = final.no;
		const records = page.filter(({ profileNo }) => profileNo !== null);
		const puts = await to.write((tx) => putAsFirstSeen(tx, records));
		records.forEach(({ no, profileNo }, index) => {
			const copy = (puts[index] as PutResult).no;
			nos.set(no, copy);
			places.push({ no: copy, profileNo: profileNo as number });
		});
		onCopied(places.length);
	}
}

/** Which part of a profile keeps its ID depends on when its records were first seen. */
async function putAsFirstSeen(tx: StoreWriter, records: readonly StoredRecord[]): Promise<PutResult[]> {
	const puts: PutResult[] = [];
	let start = 0;
	for (let end = 1; end <= records.length; end += 1) {
		const at = (records[start] as StoredRecord).firstSeenAt;
		if (records[end]?.firstSeenAt === at) continue;
		puts.push(...(await tx.records.put(records.slice(start, end), at)));
		start = end;
	}
	return puts;
}

async function copyProfiles(from: StoreReader, to: IdentityStore, places: CopiedRecords['places']): Promise<void> {
	const own = [...new Set(places.map(({ profileNo }) => profileNo))].sort((x, y) => x - y);
	const copies = new Map<number, number>();
	for (let start = 0; start < own.length; start += PAGE) {
		const heads = (await from.profiles.heads(own.slice(start, start + PAGE))).sort((x, y) => x.no - y.no);
		const created = await to.write((tx) => tx.profiles.create(heads.map(({ canonicalId, entity, createdAt }) => ({ canonicalId, entity, at: createdAt }))));
		heads.forEach(({ no }, index) => copies.set(no, created[index] as number));
	}
	for (let start = 0; start < places.length; start += PAGE) {
		const assignments = places.slice(start, start + PAGE).map(({ no, profileNo }) => ({ no, profileNo: copies.get(profileNo) ?? null }));
		await to.write((tx) => tx.records.assign(assignments));
	}
}

async function copyQuestions(from: StoreReader, to: IdentityStore, nos: CopiedRecords['nos']): Promise<void> {
	for (let offset = 0; ; offset += PAGE) {
		const page = await from.reviews.open(PAGE, offset);
		if (page.length === 0) return;
		const tasks = page.flatMap(({ a, b, rule, weight, createdAt }) => {
			const [low, high] = [nos.get(a), nos.get(b)];
			return low === undefined || high === undefined ? [] : [{ a: low, b: high, rule, weight, at: createdAt }];
		});
		await to.write((tx) => tx.reviews.add(tasks));
	}
}
