import { hash } from 'node:crypto';
import { isLongerThan } from '../domain';

/** Characters by which a person finds it again in its system. */
const BEGINNING = 60;
/** Characters of base64url. */
const DIGEST = 16;

/** A text of at most so many bytes as it is; of a longer one the beginning and a digest of all of it, so that two of them stay two. */
export function shortened(text: string, bytes: number): string {
	if (!isLongerThan(text, bytes)) return text;
	return `${text.slice(0, BEGINNING).toWellFormed()}...${hash('sha256', JSON.stringify(text), 'base64url').slice(0, DIGEST)}`;
}
