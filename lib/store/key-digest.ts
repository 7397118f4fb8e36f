import { hash } from 'node:crypto';
import { toStoredText } from './text';

/** Characters of base64url: 96 bits. Of a thousand million keys, no two in ten thousand million stores have the same. */
const LENGTH = 16;

/**
 * Under what a key is found: short, of one length, and the same in every kind of store. The key itself stands beside the record that holds it.
 * A digest that nobody can choose a partner for: otherwise one customer could be made to be found by the email of another.
 */
export function keyDigest(key: string): string {
	return hash('sha256', toStoredText(key), 'base64url').slice(0, LENGTH);
}
