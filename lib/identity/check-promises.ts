import { refKey, type RecordRef } from '../domain';
import type { ListedPromise, StoreReader } from '../store';
import type { Problem } from './problem';
import { HOW_TO_GO_BACK } from './check-departures';
import { pages, pagesBehind } from './pages';

const PAGE = 1000;
const INVARIANT = 'promised IDs are kept';

/** What was issued before the store went back to a backup is nobody else's, and leads to a profile or waits for records that can come. */
export async function checkPromises(tx: StoreReader): Promise<Problem[]> {
	const problems: Problem[] = [];
	for await (const page of pages((after: string) => tx.promises.scan(after, PAGE), ({ canonicalId }) => canonicalId, '')) {
		problems.push(...page.flatMap((promise) => wrongWith(promise).map((detail) => ({ invariant: INVARIANT, subject: promise.canonicalId, detail }))));
	}
	for await (const page of pagesBehind((after: RecordRef | null) => tx.promises.scanRecords(after, PAGE))) {
		for (const { canonicalId, known, ...ref } of page) {
			if (!known) problems.push({ invariant: INVARIANT, subject: refKey(ref), detail: `had ${canonicalId} before this store went back to a backup, which is neither promised nor issued. ${HOW_TO_GO_BACK}` });
		}
	}
	return problems;
}

function wrongWith({ heir, records, issued, leads, hasHeir }: ListedPromise): string[] {
	if (issued) return ['is promised to records, and a profile goes by it'];
	if (!hasHeir) return [`is promised, and was retired to ${heir}, which is not. ${HOW_TO_GO_BACK}`];
	return !leads && records === 0 ? ['is promised, leads nowhere and waits for no record'] : [];
}
