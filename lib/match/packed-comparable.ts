import type { Comparable } from './comparable';
import { contentOf, rememberContent } from './content';
import { isBlockingKey, type KeyingModel, matchKeys, rememberKeys } from './keys';

type Said = Omit<Comparable, 'no' | 'ref' | 'unique'>;

/** A comparable with all that is derived from it for keys, as JSON keeps it: without number and reference, and without lists that are empty. */
export interface PackedComparable {
	said: Pick<Said, 'entity' | 'ownScript'> & Partial<Said>;
	unique?: [kind: string, values: string[]][];
	content: string;
	keys: string[];
	/** The holder's name, which stands beside its identifiers. */
	who: string;
}

const NOTHING_SAID: Omit<Said, 'entity' | 'ownScript'> = {
	given: [], nicknames: [], family: [], suffix: [], birthDates: [], identifiers: [], emails: [], mailTexts: [], phones: [], phoneTails: [],
	postalCodes: [], streets: [], cities: [], countries: [], companyNames: [], companyDomains: [],
};

export function packComparable(record: Comparable, model: KeyingModel): PackedComparable {
	const { no: _no, ref: _ref, unique, entity, ownScript, ...lists } = record;
	const keys = matchKeys(record, model);
	return {
		said: { entity, ownScript, ...Object.fromEntries(Object.entries(lists).filter(([, list]) => list.length > 0)) },
		...(unique.size > 0 && { unique: [...unique].map(([kind, values]): [string, string[]] => [kind, [...values]]) }),
		content: contentOf(record),
		keys: keys.map(({ key }) => key),
		who: keys.find(({ key }) => !isBlockingKey(key))?.who ?? '',
	};
}

/** @param model the one that it was packed by, or another that makes the same keys */
export function unpackComparable({ said, unique = [], content, keys, who }: PackedComparable, no: number, ref: string, model: KeyingModel): Comparable {
	const record: Comparable = { no, ref, ...NOTHING_SAID, ...said, unique: new Map(unique.map(([kind, values]) => [kind, new Set(values)])) };
	rememberContent(record, content);
	rememberKeys(record, model, keys, who);
	return record;
}
