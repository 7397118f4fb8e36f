import type { IdentityModel } from '../domain';
import type { ProfileHead, StoreReader } from '../store';
import { assembleProfiles } from './assemble';
import { checkLinks } from './household-check';
import type { Problem } from './problem';
import { differences } from './rebuilt';

/** What survivorship, figures and segments give from the records now is what is stored. */
export async function checkGolden(tx: StoreReader, page: readonly ProfileHead[], model: IdentityModel, now: number): Promise<Problem[]> {
	const heads = page.filter(({ dirty, staleAt }) => !dirty && (staleAt === null || Date.parse(staleAt) > now));
	const settled = await tx.profiles.byNo(heads.map(({ no }) => no));
	const assembled = await assembleProfiles(tx, settled, model, now);
	const links = await checkLinks(tx, settled, assembled);
	const goldens = settled.flatMap((profile): Problem[] => {
		const next = assembled.get(profile.no);
		const hasRecords = (next?.golden.records.length ?? 0) > 0;
		// One that lost its records before it was ever built has nothing.
		const wrong = profile.golden === null && !hasRecords ? [] : next ? differences(profile, next) : ['everything'];
		return [
			...(wrong.length === 0 ? [] : [{ invariant: 'golden records are what survivorship gives', subject: profile.canonicalId, detail: `differs in ${wrong.join(', ')}` }]),
			...(hasRecords === profile.empty ? [{ invariant: 'empty profiles are marked', subject: profile.canonicalId, detail: hasRecords ? 'has records and is marked as empty' : 'has no record and is not marked' }] : []),
		];
	});
	return [...goldens, ...links];
}
