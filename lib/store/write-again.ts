import { StoreError } from './errors';
import type { IdentityStore, StoreWriter } from './interface';

/**
 * A write that is done once more where the database goes away in the middle of it: nothing of it was kept, and the second try waits for the database
 * like every write that begins. Not where that happens during the commit, of which nobody knows whether it was kept, nor where the wait was in vain.
 * @param work may be called twice; it leaves nothing behind but what it writes
 * @param forget called in between
 */
export async function writeAgainIfLost<T>(store: Pick<IdentityStore, 'write'>, work: (tx: StoreWriter) => Promise<T>, forget: () => void = () => undefined): Promise<T> {
	const progress: { at: 'begin' | 'work' | 'commit' } = { at: 'begin' };
	const tell = async (tx: StoreWriter): Promise<T> => {
		progress.at = 'work';
		const result = await work(tx);
		progress.at = 'commit';
		return result;
	};
	try {
		return await store.write(tell);
	} catch (lost) {
		if (!isLost(lost) || progress.at !== 'work') throw lost;
		forget();
		progress.at = 'begin';
		return await store.write(tell).catch((error: unknown) => {
			// The first says what became of the work; that the database can't be reached follows from it.
			throw isLost(error) && progress.at === 'begin' ? lost : error;
		});
	}
}

function isLost(error: unknown): boolean {
	return error instanceof StoreError && error.code === 'unreachable';
}
