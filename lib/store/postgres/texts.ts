import { damagedIn, type KindOfText, pageOf, placeBehind, TEXTS, type TextRow } from '../all-texts';
import type { MissingPart, TextPlace, TextReader } from '../interface';
import { rowLimit } from '../row-limit';
import type { Connection } from './connection';
import { missingParts } from './parts';

export class PostgresTexts implements TextReader {
	constructor(private readonly db: Connection) {}

	async unreadable(from: TextPlace | null, limit: number): Promise<{ damaged: string[]; next: TextPlace | null }> {
		const place = from ?? { kind: 0, after: null };
		const [kind, wanted] = [TEXTS[place.kind] as KindOfText, rowLimit(limit)];
		const rows = await this.db.all<TextRow>(pageOf(kind, place.after, (number) => `$${number}`), ...(place.after ?? []), wanted);
		return { damaged: damagedIn(kind, rows), next: placeBehind(place, rows, wanted) };
	}

	async missing(): Promise<MissingPart[]> {
		return await missingParts(this.db, this.db.schema);
	}
}
