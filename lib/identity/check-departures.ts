import { refKey } from '../domain';
import type { DeparturePlace, ListedDeparture, StoreReader } from '../store';
import type { Problem } from './problem';
import { pagesBehind } from './pages';

const PAGE = 1000;
const INVARIANT = 'who comes back has the ID from before';

/** What to do where an ID is lost that no source could bring again. */
export const HOW_TO_GO_BACK = 'Go back to a backup in which "customer360 check" finds none of this';

/** A record that left its profile is in none as what it was, and its ID is there for when it comes back. */
export async function checkDepartures(tx: StoreReader): Promise<Problem[]> {
	const problems: Problem[] = [];
	for await (const page of pagesBehind((after: DeparturePlace | null) => tx.departures.scan(after, PAGE))) problems.push(...(await checkPage(tx, page)));
	return problems;
}

async function checkPage(tx: StoreReader, page: readonly ListedDeparture[]): Promise<Problem[]> {
	const heads = await tx.records.headsByRef(page);
	return page.flatMap(({ entity, canonicalId, known, ...ref }): Problem[] => {
		const head = heads.get(refKey(ref));
		const problem = (detail: string): Problem => ({ invariant: INVARIANT, subject: refKey(ref), detail });
		return [
			...(known ? [] : [problem(`left ${canonicalId}, which was never issued: it would come back under a new ID. ${HOW_TO_GO_BACK}`)]),
			...(head?.kind === entity && head.profileNo !== null
				? [problem(`is noted as having left ${canonicalId}, and is a ${entity} in a profile. Its profile counts; the note is written anew when it leaves that`)]
				: []),
		];
	});
}
