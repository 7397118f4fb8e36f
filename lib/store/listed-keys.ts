import type { RecordKey } from './interface';
import { isList, isListOf, isListOfTexts, isText, readStored } from './stored-json';

/** One holder's word and the keys in a row that it stands beside. */
type Run = [who: string, keys: string[]];

/** The keys of one record as JSON, in their order: nearly all of them have the same word as the one before. */
export function writeListedKeys(keys: readonly RecordKey[]): string {
	const runs: Run[] = [];
	let last: Run | undefined;
	for (const { key, who } of keys) {
		if (last?.[0] === who) last[1].push(key);
		else runs.push((last = [who, [key]]));
	}
	return JSON.stringify(runs);
}

/** @param record whose keys they are, e.g. `number 5` @throws StoreError `damaged` */
export function readListedKeys(text: string, record: string): RecordKey[] {
	const runs = readStored(text, () => `the list of the keys of record ${record}`, isRuns) as Run[];
	return runs.flatMap(([who, keys]) => keys.map((key) => ({ key, who })));
}

function isRuns(value: unknown): boolean {
	return isListOf(value, (run) => isList(run) && isText(run[0]) && isListOfTexts(run[1]));
}

/** A key that is named twice is kept once, the first time. */
export function eachOnce(keys: readonly RecordKey[]): readonly RecordKey[] {
	const names = new Set<string>();
	for (const { key } of keys) names.add(key);
	if (names.size === keys.length) return keys;
	return keys.filter(({ key }) => names.delete(key));
}
