import { refKey } from '../domain';
import type { TextPlace, TextReader } from './interface';
import { readAcknowledged } from './ledger-row';
import { readListedKeys } from './listed-keys';
import { unpackGolden } from './packed-golden';
import { contentHash, FORGOTTEN } from './record-version';
import { DamagedText, isList, readStored } from './stored-json';
import { readCompanies, readComparisons, readContent, readCursor, readEventData, readHome, readModel, readSegmentNames } from './stored-texts';

/** A row with texts, names and all as they were before they were stored. */
export type TextRow = Readonly<Record<string, string | number | null>>;

/** Rows that hold texts of one kind, or several. In a statement `@name` is the store's table of this name. */
export interface KindOfText {
	select: string;
	/** Columns that put the rows in order, each row once. */
	key: readonly string[];
	/** Each reads one text of the row. */
	readers: readonly ((row: TextRow) => unknown)[];
}

/** Every JSON text that a store keeps: whoever adds a column with one adds it here, too. */
export const TEXTS: readonly KindOfText[] = [
	{
		select: `SELECT no, system, object, source_id, kind, CASE WHEN deleted THEN 'yes' ELSE 'no' END AS deleted, hash, content FROM @record_contents JOIN @records USING (no)`,
		key: ['no'],
		readers: [readUntouched],
	},
	{
		select: 'SELECT no, system, object, source_id, keys, forms FROM @record_keys JOIN @records USING (no)',
		key: ['no'],
		readers: [
			(row) => readListedKeys(text(row, 'keys'), refKey(refOf(row))),
			(row) => row['forms'] === '' || readStored(text(row, 'forms'), () => `what record ${refKey(refOf(row))} is compared by`, isList),
		],
	},
	{
		select: 'SELECT canonical_id, goldens.* FROM @goldens JOIN @profiles USING (no)',
		key: ['no'],
		readers: [
			(row) => unpackGolden(text(row, 'golden'), text(row, 'canonical_id')),
			(row) => readCompanies(text(row, 'companies'), text(row, 'canonical_id')),
			(row) => readHome(text(row, 'home'), text(row, 'canonical_id')),
			// One kind of store has them in a table instead.
			(row) => row['segments'] === undefined || readSegmentNames(text(row, 'segments'), text(row, 'canonical_id')),
		],
	},
	{
		select: 'SELECT a, b, rule, comparisons FROM @evidence',
		key: ['a', 'b', 'rule'],
		readers: [(row) => readComparisons(text(row, 'comparisons'), { a: Number(row['a']), b: Number(row['b']), rule: text(row, 'rule') })],
	},
	{ select: 'SELECT seq, data FROM @events', key: ['seq'], readers: [(row) => readEventData(text(row, 'data'), Number(row['seq']))] },
	{ select: 'SELECT version, model FROM @models', key: ['version'], readers: [(row) => readModel(text(row, 'model'), Number(row['version']))] },
	{ select: 'SELECT scope, value FROM @cursors', key: ['scope'], readers: [(row) => readCursor(text(row, 'value'), text(row, 'scope'))] },
	{
		select: 'SELECT destination, target, acknowledged FROM @ledger',
		key: ['destination', 'target'],
		readers: [(row) => readAcknowledged({ acknowledged: text(row, 'acknowledged'), destination: text(row, 'destination'), target: text(row, 'target') })],
	},
];

/** @param value what stands in a statement for value number `place`, counted from 1 */
export function pageOf({ select, key }: KindOfText, after: TextPlace['after'], value: (place: number) => string): string {
	const where = after === null ? '' : ` WHERE (${key.join(', ')}) > (${key.map((_, index) => value(index + 1)).join(', ')})`;
	return `${select}${where} ORDER BY ${key.join(', ')} LIMIT ${value((after?.length ?? 0) + 1)}`;
}

/** Where to go on behind these rows; null at the end of all. */
export function placeBehind({ kind }: TextPlace, rows: readonly TextRow[], limit: number): TextPlace | null {
	const last = rows.at(-1);
	if (last && rows.length >= limit) return { kind, after: (TEXTS[kind] as KindOfText).key.map((column) => last[column] ?? '') };
	return kind + 1 < TEXTS.length ? { kind: kind + 1, after: null } : null;
}

/** Of what the texts are that can't be read. */
export function damagedIn({ readers }: KindOfText, rows: readonly TextRow[]): Awaited<ReturnType<TextReader['unreadable']>>['damaged'] {
	return rows.flatMap((row) => readers.flatMap((read) => whatIsDamaged(() => read(row))));
}

/** @returns one description, or none where nothing is damaged */
export function whatIsDamaged(read: () => unknown): string[] {
	try {
		read();
		return [];
	} catch (error) {
		if (error instanceof DamagedText) return [error.what];
		throw error;
	}
}

/** The one text beside which a hash of it stands, so that also another letter in a name is found. */
function readUntouched(row: TextRow): void {
	const [content, stored] = [text(row, 'content'), text(row, 'hash')];
	readContent(content, refOf(row));
	if (!stored.startsWith(FORGOTTEN) && stored !== contentHash(content, text(row, 'kind'), row['deleted'] === 'yes')) throw new DamagedText(`the content of record ${refKey(refOf(row))}`);
}

function text(row: TextRow, column: string): string {
	return String(row[column]);
}

function refOf(row: TextRow): { system: string; object: string; sourceId: string } {
	return { system: text(row, 'system'), object: text(row, 'object'), sourceId: text(row, 'source_id') };
}
