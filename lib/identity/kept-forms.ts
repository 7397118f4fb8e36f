import { hash } from 'node:crypto';
import { version } from '../../package.json';
import { type IdentityModel, refKey } from '../domain';
import { type Comparable, isPackedComparable, packComparable, type PackedComparable, unpackComparable } from '../match';
import type { KeptForms, RecordHead } from '../store';
import { faceOf } from './prepare/prepared';

/**
 * What a record is compared by costs several times as much to make as to read, and most records that come are compared with some that the store has.
 * So it is kept beside the record's keys, with what it was made of; it counts only for that content, for models that make the same of it, and for the
 * release that made it.
 */
export function keptForms(comparable: Comparable, contentHash: string, model: IdentityModel): KeptForms {
	return { forms: JSON.stringify(packComparable(comparable)), of: madeOf(contentHash, model) };
}

/**
 * What the record is compared by; undefined where what was kept was made of something else, or can't be read: the record itself says it again, so nothing
 * need wait for somebody to mend the store. That the text is damaged is for `checkStore` to say.
 */
export function readForms(kept: KeptForms | undefined, head: Pick<RecordHead, 'no' | 'system' | 'object' | 'sourceId' | 'hash'>, model: IdentityModel): Comparable | undefined {
	if (kept?.of !== madeOf(head.hash, model)) return undefined;
	const packed = readPacked(kept.forms);
	return packed && unpackComparable(packed, head.no, refKey(head), model);
}

function readPacked(text: string): PackedComparable | undefined {
	try {
		const packed: unknown = JSON.parse(text);
		return isPackedComparable(packed) ? packed : undefined;
	} catch {
		return undefined;
	}
}

const makers = new WeakMap<IdentityModel, string>();

/** What forms are made of: a content, by a model and a release. */
export function madeOf(contentHash: string, model: IdentityModel): string {
	let maker = makers.get(model);
	if (maker === undefined) {
		maker = hash('sha256', `${version}\n${faceOf(model)}`, 'hex').slice(0, 16);
		makers.set(model, maker);
	}
	return `${maker} ${contentHash}`;
}
