import type { RecordNo } from '../../domain';
import type { HeldDigest, KeptForms, KeyHolder, KeyWriter, RecordKey } from '../interface';
import { KeyDigests } from '../key-digests';
import { eachOnce, readListedKeys, writeListedKeys } from '../listed-keys';
import { rowLimit } from '../row-limit';
import type { Connection } from './connection';
import { fromStoredText, toStoredText } from '../text';
import { makeRoom } from './recent-rows';
import type { Immediate } from './transaction';

const LIST = 'INSERT INTO record_keys (no, keys) VALUES (?, ?) ON CONFLICT (no) DO UPDATE SET keys = excluded.keys WHERE keys <> excluded.keys';
const LIST_WITH_FORMS = `INSERT INTO record_keys (no, keys, forms_of, forms) VALUES (?, ?, ?, ?)
	ON CONFLICT (no) DO UPDATE SET keys = excluded.keys, forms_of = excluded.forms_of, forms = excluded.forms WHERE keys <> excluded.keys OR forms_of <> excluded.forms_of`;

type HolderRow = readonly [place: number, no: RecordNo, who: string];

/** Keys stand by their digest in `keys` and `recent_keys`, in one of them at a time, and in full by record as one JSON list, which needs no index in random order. */
export class SqliteKeys implements Immediate<KeyWriter> {
	readonly #digests = new KeyDigests();

	constructor(private readonly db: Connection) {}

	holders(keys: readonly string[]): Map<string, KeyHolder[]> {
		const found = new Map<string, KeyHolder[]>();
		if (keys.length === 0) return found;
		const digests = JSON.stringify(keys.map((key) => this.#digests.of(key)));
		for (const table of ['keys', 'recent_keys']) {
			const sql = `SELECT j.key AS place, k.no, k.who FROM json_each(?) j CROSS JOIN ${table} k ON k.key = j.value ORDER BY j.key, k.no`;
			for (const [place, no, who] of this.db.lists<HolderRow>(sql, digests)) {
				const key = keys[place] as string;
				const holder = { no, who: fromStoredText(who) };
				const holders = found.get(key);
				if (!holders) found.set(key, [holder]);
				else if ((holders.at(-1) as KeyHolder).no < no) holders.push(holder);
				else holders.splice(holders.findIndex((other) => other.no > no), 0, holder);
			}
		}
		return found;
	}

	generic(keys: readonly string[]): Set<string> {
		// Most stores have none, and then no key has to be looked up.
		if (keys.length === 0 || this.db.get('SELECT 1 FROM generic_keys LIMIT 1') === undefined) return new Set();
		const sql = 'SELECT j.key AS place FROM json_each(?) j CROSS JOIN generic_keys g ON g.key = j.value ORDER BY j.key';
		const listed = JSON.stringify(keys.map(toStoredText));
		return new Set(this.db.all<{ place: number }>(sql, listed).map(({ place }) => keys[place] as string));
	}

	scanGeneric(afterKey: string, limit: number): string[] {
		const sql = 'SELECT key FROM generic_keys WHERE key > ? ORDER BY key LIMIT ?';
		return this.db.all<{ key: string }>(sql, toStoredText(afterKey), rowLimit(limit)).map(({ key }) => fromStoredText(key));
	}

	/** Every record asked for has an entry, an empty one where it has no keys. */
	ofRecords(nos: readonly RecordNo[]): Map<RecordNo, RecordKey[]> {
		const found = new Map<RecordNo, RecordKey[]>(nos.map((no) => [no, []]));
		if (nos.length === 0) return found;
		const sql = 'SELECT r.no, r.keys FROM json_each(?) n CROSS JOIN record_keys r ON r.no = n.value';
		for (const [no, keys] of this.db.lists<readonly [RecordNo, string]>(sql, JSON.stringify(nos))) found.set(no, readListedKeys(keys, `number ${no}`));
		return found;
	}

	countHolders(): number {
		return this.db.get<{ holders: number }>('SELECT (SELECT count(*) FROM keys) + (SELECT count(*) FROM recent_keys) AS holders')?.holders ?? 0;
	}

	forms(nos: readonly RecordNo[]): Map<RecordNo, KeptForms> {
		if (nos.length === 0) return new Map();
		const sql = "SELECT r.no, r.forms, r.forms_of FROM json_each(?) n CROSS JOIN record_keys r ON r.no = n.value WHERE r.forms_of <> ''";
		return new Map(this.db.lists<readonly [RecordNo, string, string]>(sql, JSON.stringify(nos)).map(([no, forms, of]) => [no, { forms, of }]));
	}

	replace(entries: readonly { no: RecordNo; keys: readonly RecordKey[]; forms?: KeptForms | undefined }[], before: ReadonlyMap<RecordNo, readonly RecordKey[]>): void {
		const come: [digest: string, no: RecordNo, who: string][] = [];
		for (const { no, keys, forms } of entries) {
			const [own, former] = [eachOnce(keys), before.get(no) ?? []];
			const kept = former.length === 0 ? undefined : this.#removeFormer(no, former, own);
			for (const key of own) if (!kept?.has(key.key)) come.push([this.#digests.of(key.key), no, toStoredText(key.who)]);
			if (own.length > 0) this.#list(no, writeListedKeys(own), forms);
			else if (former.length > 0) this.db.run('DELETE FROM record_keys WHERE no = ?', no);
		}
		if (come.length === 0) return;
		// In order of digest, so that neighbours in the tree are written one after the other.
		come.sort(([x], [y]) => (x < y ? -1 : x > y ? 1 : 0));
		this.db.run('INSERT INTO recent_keys (key, no, who) SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each(?)', JSON.stringify(come));
		makeRoom(this.db, 'keys', come.length);
	}

	list(entries: readonly { no: RecordNo; listed: string; forms?: KeptForms | undefined }[]): void {
		for (const { no, listed, forms } of entries) this.#list(no, listed, forms);
	}

	keepForms(entries: readonly { no: RecordNo; forms: KeptForms }[]): void {
		for (const { no, forms } of entries) this.db.run('UPDATE record_keys SET forms_of = ?, forms = ? WHERE no = ?', forms.of, forms.forms, no);
	}

	removeHolders(): void {
		for (const table of ['keys', 'recent_keys']) this.db.run(`DELETE FROM ${table}`);
	}

	addHolders(holders: readonly HeldDigest[]): void {
		for (const { digest, no, who } of holders) this.db.run('INSERT INTO keys (key, no, who) VALUES (?, ?, ?)', digest, no, toStoredText(who));
	}

	markGeneric(keys: readonly string[], generic: boolean): void {
		const sql = generic ? 'INSERT OR IGNORE INTO generic_keys (key) VALUES (?)' : 'DELETE FROM generic_keys WHERE key = ?';
		for (const key of keys) this.db.run(sql, toStoredText(key));
	}

	/** Takes away what the record no longer holds in this way; returns the keys that stay as they are. */
	#removeFormer(no: RecordNo, former: readonly RecordKey[], own: readonly RecordKey[]): Set<string> {
		const now = new Map(own.map(({ key, who }) => [key, who]));
		const kept = new Set<string>();
		for (const { key, who } of former) {
			if (now.get(key) === who) kept.add(key);
			else for (const table of ['keys', 'recent_keys']) this.db.run(`DELETE FROM ${table} WHERE key = ? AND no = ?`, this.#digests.of(key), no);
		}
		return kept;
	}

	#list(no: RecordNo, listed: string, forms: KeptForms | undefined): void {
		if (forms) this.db.run(LIST_WITH_FORMS, no, listed, forms.of, forms.forms);
		else this.db.run(LIST, no, listed);
	}
}
