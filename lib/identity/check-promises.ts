import type { StoreReader } from '../store';
import type { Problem } from './check-store';
import { pages } from './pages';

const PAGE = 1000;
const INVARIANT = 'promised IDs are kept';

/** What was issued before the store went back to a backup is nobody else's, and leads to a profile or waits for records that can come. */
export async function checkPromises(tx: StoreReader): Promise<Problem[]> {
	const problems: Problem[] = [];
	const problem = (subject: string, detail: string) => problems.push({ invariant: INVARIANT, subject, detail });
	for await (const page of pages((after: string) => tx.promises.scan(after, PAGE), ({ canonicalId }) => canonicalId, '')) {
		for (const { canonicalId, records, issued, leads } of page) {
			if (issued) problem(canonicalId, 'is promised to records, and a profile goes by it');
			else if (!leads && records === 0) problem(canonicalId, 'is promised, leads nowhere and waits for no record');
		}
	}
	return problems;
}
