import { refKey, type RecordRef } from '../../domain';
import { type Comparable, copiesKey, isBlockingKey, type KeyingModel, type MatchKey, matchKeys, packComparable } from '../../match';
// From their own files: the program of the threads would carry both databases otherwise.
import { halfOf } from '../../store/digest-numbers';
import { keyDigest } from '../../store/key-digest';
import { writeListedKeys } from '../../store/listed-keys';

/** In which way a record holds a key. */
export const HOLDS = {
	/** A blocking value. */
	value: 0,
	/** An identifier, under the name of its holder. */
	identifier: 1,
	/** An identifier, as a copy of another record that counts in its place. */
	asCopy: 2,
	/** The key by which copies find each other, under the record's reference. */
	copies: 3,
	/** A blocking value that a copy does not hold. */
	not: 4,
} as const;
export type Holds = (typeof HOLDS)[keyof typeof HOLDS];

/** Bytes of a key: in which way it is held, and the halves of its digest. */
export const KEY_BYTES = 13;
const HALF_BYTES = 6;

/** What matching needs of a record that stands for itself; it may be made before the record has a number. */
export interface ReadyRecord {
	/** A PackedComparable as JSON. */
	said: string;
	/** The name that stands beside its identifiers; empty where it has none. */
	who: string;
	/** Its keys as the store lists them; the last one is that by which copies find each other. */
	listed: string;
	/** The same keys, {@link KEY_BYTES} each. */
	digests: Uint8Array;
}

/** @param decided what decisions in force say of it, where one names it */
export function readyRecord(comparable: Comparable, ref: RecordRef, model: KeyingModel, decided?: string): ReadyRecord {
	const own = matchKeys(comparable, model);
	const keys = [...own, { key: copiesKey(comparable, decided), who: refKey(ref) }];
	const who = own.find(({ key }) => !isBlockingKey(key))?.who ?? '';
	return { said: JSON.stringify(packComparable(comparable)), who, listed: writeListedKeys(keys), digests: digestsOf(own, keys) };
}

function digestsOf(own: readonly MatchKey[], keys: readonly MatchKey[]): Uint8Array {
	const bytes = Buffer.allocUnsafe(keys.length * KEY_BYTES);
	for (const [index, { key }] of keys.entries()) {
		const [at, digest] = [index * KEY_BYTES, keyDigest(key)];
		bytes[at] = index === own.length ? HOLDS.copies : isBlockingKey(key) ? HOLDS.value : HOLDS.identifier;
		bytes.writeUIntBE(halfOf(digest, 0), at + 1, HALF_BYTES);
		bytes.writeUIntBE(halfOf(digest, 1), at + 1 + HALF_BYTES, HALF_BYTES);
	}
	return bytes;
}

/** One of the keys of {@link ReadyRecord.digests}, which begin at `start`. */
export function keyIn(bytes: Buffer, start: number, index: number): { holds: Holds; first: number; second: number } {
	const at = start + index * KEY_BYTES;
	return { holds: bytes[at] as Holds, first: bytes.readUIntBE(at + 1, HALF_BYTES), second: bytes.readUIntBE(at + 1 + HALF_BYTES, HALF_BYTES) };
}
