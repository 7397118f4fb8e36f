import type { RecordNo, VersionedModel } from '../domain';
import type { StoredRecord, StoreWriter } from '../store';
import { updateEvidence } from './evidence-for-batch';
import { resolveTouched } from './match-records';

const PAGE = 1000;

/**
 * Matches every record again under another model. Evidence first, for all of them, and clusters only then: a profile must not be
 * taken apart and put together again on the way, which would cost it its canonical ID.
 */
export async function matchAgain(tx: StoreWriter, model: VersionedModel, now: number): Promise<void> {
	const at = new Date(now).toISOString();
	await eachPage(tx, async (page) => {
		await updateEvidence(tx, page, model, at);
	});
	await eachPage(tx, async (page) => {
		await resolveTouched(tx, await withTheirProfiles(tx, page.map(({ no }) => no)), [], model, now);
	});
}

/** All that a profile consisted of has to be looked at together, or two of its parts would each take its ID. */
async function withTheirProfiles(tx: StoreWriter, nos: readonly RecordNo[]): Promise<Set<RecordNo>> {
	let reached = new Set(nos);
	for (;;) {
		const component = await tx.evidence.component([...reached]);
		const profiles = (await tx.records.byNo(component)).map(({ profileNo }) => profileNo).filter((no) => no !== null);
		const members = await tx.records.ofProfiles([...new Set(profiles)]);
		const wider = new Set([...component, ...members.map(({ no }) => no)]);
		if (wider.size === reached.size) return reached;
		reached = wider;
	}
}

async function eachPage(tx: StoreWriter, work: (records: readonly StoredRecord[]) => Promise<void>): Promise<void> {
	let last: RecordNo = 0;
	for (;;) {
		const page = await tx.records.scan(last, PAGE);
		const final = page.at(-1);
		if (!final) return;
		last = final.no;
		await work(page.filter(({ kind }) => kind !== 'activity'));
	}
}
