import type { ChangeEvent } from '../domain';
import type { StoreReader } from '../store';
import { pages } from './pages';
import type { Problem } from './problem';

const PAGE = 1000;

/** Every canonical ID that was ever issued leads to a profile that exists. */
export async function checkIds(tx: StoreReader): Promise<Problem[]> {
	const problems: Problem[] = [];
	for await (const page of pages((after: string) => tx.profiles.scanAliases(after, PAGE), ({ canonicalId }) => canonicalId, '')) {
		const profiles = new Set((await tx.profiles.heads(page.map(({ profileNo }) => profileNo))).map(({ no }) => no));
		for (const { canonicalId, profileNo } of page) {
			if (!profiles.has(profileNo)) problems.push({ invariant: 'every ID resolves', subject: canonicalId, detail: 'is retired and leads nowhere' });
		}
	}
	for await (const page of pages((after) => tx.events.idsSince(after, PAGE), ({ seq }) => seq)) {
		problems.push(...(await checkNamed(tx, page)));
	}
	return problems;
}

async function checkNamed(tx: StoreReader, events: readonly Pick<ChangeEvent, 'seq' | 'canonicalId'>[]): Promise<Problem[]> {
	const found = await tx.profiles.currentIds([...new Set(events.map(({ canonicalId }) => canonicalId))]);
	const lost = events.filter(({ canonicalId }) => !found.has(canonicalId));
	return lost.map(({ canonicalId, seq }) => ({ invariant: 'every ID resolves', subject: canonicalId, detail: `stands in event ${seq} and leads nowhere` }));
}
