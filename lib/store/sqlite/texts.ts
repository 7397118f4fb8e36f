import { damagedIn, type KindOfText, pageOf, placeBehind, TEXTS, type TextRow, whatIsDamaged } from '../all-texts';
import type { TextPlace, TextReader } from '../interface';
import { rowLimit } from '../row-limit';
import { fromStoredText } from '../text';
import type { Connection } from './connection';
import type { Immediate } from './transaction';

export class SqliteTexts implements Immediate<TextReader> {
	constructor(private readonly db: Connection) {}

	unreadable(from: TextPlace | null, limit: number): { damaged: string[]; next: TextPlace | null } {
		const place = from ?? { kind: 0, after: null };
		const [kind, wanted] = [TEXTS[place.kind] as KindOfText, rowLimit(limit)];
		const sql = pageOf(kind, place.after, () => '?').replaceAll('@', '');
		const stored = this.db.all<TextRow>(sql, ...(place.after ?? []), wanted);
		const rows: TextRow[] = [];
		const unnamed = stored.flatMap((row) => whatIsDamaged(() => rows.push(decoded(row))));
		return { damaged: [...unnamed, ...damagedIn(kind, rows)], next: placeBehind(place, stored, wanted) };
	}

	missing(): [] {
		return [];
	}
}

/** JSON never begins as a marked text does, so no column need be left out. */
function decoded(row: TextRow): TextRow {
	return Object.fromEntries(Object.entries(row).map(([column, value]) => [column, typeof value === 'string' ? fromStoredText(value) : value]));
}
