import { counted } from '../terminal';

/** Rows in which something was found: how many there are, and where the first one stands. */
export class FoundRows {
	private rows = 0;
	private first = '';

	get count(): number {
		return this.rows;
	}

	/** @param where file and line of the row; asked of the first one only */
	add(where: () => string): void {
		this.rows += 1;
		this.first ||= where();
	}

	/** `1 row (crm.csv, line 7)`, `2,000 rows (first: crm.csv, line 7)` */
	inWords(): string {
		return `${counted(this.rows, 'row')} (${this.rows > 1 ? 'first: ' : ''}${this.first})`;
	}
}
