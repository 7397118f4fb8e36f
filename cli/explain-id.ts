import { isLongerThan, MAX_NAME, MAX_SOURCE_ID, type RecordRef, refKey, type StoreReader } from '../lib';
import { CliError } from './cli-error';
import { grouped } from './terminal';

/** Records among which a short ID is looked for at once. */
const MOST_KINDS = 1000;
/** Bytes of `system:object:id`. */
const MAX_REFERENCE = MAX_NAME + MAX_NAME + MAX_SOURCE_ID + '::'.length;
/** Characters of an ID that a message repeats. */
const SHOWN = 60;

/**
 * An ID as somebody types it who looks at the rows of `resolve`: `42` or `crm:42` where `crm:person:42` is meant. Anything else is handed back as it is.
 * @throws CliError when several records have that ID, and when it is longer than any
 */
export async function fullId(tx: StoreReader, text: string): Promise<string> {
	if (isLongerThan(text, MAX_REFERENCE)) {
		throw new CliError(`The ID that begins with "${text.slice(0, SHOWN)}" is longer than that of any record: an ID in its system has at most ${grouped(MAX_SOURCE_ID)} bytes. Check it.`);
	}
	const kinds = (await tx.records.counts()).slice(0, MOST_KINDS);
	const at = text.indexOf(':');
	const isWhole = kinds.some(({ system, object }) => text.startsWith(`${system}:${object}:`));
	if (isWhole || (at < 0 && (await tx.profiles.byCanonicalId([text])).size > 0)) return text;
	const named = kinds.filter(({ system }) => text.startsWith(`${system}:`));
	const refs: RecordRef[] = [
		...kinds.map(({ system, object }) => ({ system, object, sourceId: text })),
		...named.map(({ system, object }) => ({ system, object, sourceId: text.slice(system.length + 1) })),
	].filter(({ sourceId }) => sourceId !== '');
	const found = [...(await tx.records.byRef(refs)).values()].map(refKey).sort();
	if (found.length > 1) throw new CliError(`Several records have the ID "${text}": ${found.slice(0, 10).join(', ')}${found.length > 10 ? ' and more' : ''}. Name one of them.`);
	const [only] = found;
	if (only !== undefined) return only;
	const isReference = at >= 0 && (named.length === 0 || text.includes(':', at + 1));
	if (isReference || /^(?:per|com)_/.test(text)) return text;
	const known = kinds.map(({ system, object }) => `${system}:${object}`).sort();
	throw new CliError(`There is no record with the ID "${text}" in the store. Check it, or write it as system:object:id; there are records of ${known.slice(0, 10).join(', ')}.`);
}
