import type { RecordNo } from '../../domain';
import type { HeldDigest, KeptForms, KeyHolder, KeyWriter, RecordKey } from '../interface';
import { KeyDigests } from '../key-digests';
import { eachOnce, readListedKeys, writeListedKeys } from '../listed-keys';
import { rowLimit } from '../row-limit';
import type { Connection } from './connection';

/** Where no forms are given, those that stand there are left. */
const LIST = (first: number) => `INSERT INTO @record_keys AS r (no, keys, forms_of, forms) SELECT * FROM unnest($${first}::bigint[], $${first + 1}::text[], $${first + 2}::text[], $${first + 3}::text[])
	ON CONFLICT (no) DO UPDATE SET keys = excluded.keys, forms_of = coalesce(nullif(excluded.forms_of, ''), r.forms_of),
		forms = CASE WHEN excluded.forms_of = '' THEN r.forms ELSE excluded.forms END
	WHERE r.keys <> excluded.keys OR excluded.forms_of NOT IN ('', r.forms_of)`;

type Listed = readonly { no: RecordNo; listed: string; forms?: KeptForms | undefined }[];

type HeldKey = [digest: string, no: RecordNo, who: string];

/** Keys stand by their digest in `keys`, and in full by record as one JSON list, which needs no index in random order. */
export class PostgresKeys implements KeyWriter {
	readonly #digests = new KeyDigests();

	constructor(private readonly db: Connection) {}

	async holders(keys: readonly string[]): Promise<Map<string, KeyHolder[]>> {
		const found = new Map<string, KeyHolder[]>();
		if (keys.length === 0) return found;
		const rows = await this.db.all<{ place: number; no: number; who: string }>(
			'SELECT n.place, k.no, k.who FROM unnest($1::text[]) WITH ORDINALITY n (key, place) JOIN @keys k ON k.key = n.key ORDER BY n.place, k.no',
			keys.map((key) => this.#digests.of(key)),
		);
		let [place, holders]: [number, KeyHolder[]] = [0, []];
		for (const row of rows) {
			if (row.place !== place) {
				[place, holders] = [row.place, []];
				found.set(keys[place - 1] as string, holders);
			}
			holders.push({ no: row.no, who: row.who });
		}
		return found;
	}

	async generic(keys: readonly string[]): Promise<Set<string>> {
		if (keys.length === 0) return new Set();
		// Most stores have none, and then no key has to be looked up.
		const rows = await this.db.all<{ key: string }>(
			'SELECT g.key FROM unnest($1::text[]) n (key) JOIN @generic_keys g ON g.key = n.key WHERE EXISTS (SELECT 1 FROM @generic_keys)',
			keys,
		);
		const marked = new Set(rows.map(({ key }) => key));
		return new Set(keys.filter((key) => marked.has(key)));
	}

	async scanGeneric(afterKey: string, limit: number): Promise<string[]> {
		const sql = 'SELECT key FROM @generic_keys WHERE key > $1 ORDER BY key LIMIT $2';
		return (await this.db.all<{ key: string }>(sql, afterKey, rowLimit(limit))).map(({ key }) => key);
	}

	/** Every record asked for has an entry, an empty one where it has no keys. */
	async ofRecords(nos: readonly RecordNo[]): Promise<Map<RecordNo, RecordKey[]>> {
		const found = new Map<RecordNo, RecordKey[]>(nos.map((no) => [no, []]));
		if (nos.length === 0) return found;
		const sql = 'SELECT r.no, r.keys FROM unnest($1::bigint[]) n (no) JOIN @record_keys r ON r.no = n.no';
		for (const { no, keys } of await this.db.all<{ no: number; keys: string }>(sql, nos)) {
			found.set(no, readListedKeys(keys, `number ${no}`));
		}
		return found;
	}

	async countHolders(): Promise<number> {
		return (await this.db.get<{ holders: number }>('SELECT count(*) AS holders FROM @keys'))?.holders ?? 0;
	}

	async forms(nos: readonly RecordNo[]): Promise<Map<RecordNo, KeptForms>> {
		if (nos.length === 0) return new Map();
		const sql = "SELECT r.no, r.forms, r.forms_of FROM unnest($1::bigint[]) n (no) JOIN @record_keys r ON r.no = n.no WHERE r.forms_of <> ''";
		const rows = await this.db.all<{ no: number; forms: string; forms_of: string }>(sql, nos);
		return new Map(rows.map(({ no, forms, forms_of: of }) => [no, { forms, of }]));
	}

	async replace(entries: readonly { no: RecordNo; keys: readonly RecordKey[]; forms?: KeptForms | undefined }[], before: ReadonlyMap<RecordNo, readonly RecordKey[]>): Promise<void> {
		const [gone, come, renamed]: [[string, RecordNo][], HeldKey[], HeldKey[]] = [[], [], []];
		const [listed, without]: [Listed[number][], RecordNo[]] = [[], []];
		for (const { no, keys, forms } of entries) {
			const [own, former] = [eachOnce(keys), new Map((before.get(no) ?? []).map(({ key, who }) => [key, who]))];
			const now = new Set(own.map(({ key }) => key));
			for (const key of former.keys()) if (!now.has(key)) gone.push([this.#digests.of(key), no]);
			for (const { key, who } of own) {
				if (!former.has(key)) come.push([this.#digests.of(key), no, who]);
				else if (former.get(key) !== who) renamed.push([this.#digests.of(key), no, who]);
			}
			if (own.length > 0) listed.push({ no, listed: writeListedKeys(own), forms });
			else if (former.size > 0) without.push(no);
		}
		// In order of digest, so that neighbours in the index are written one after the other.
		come.sort(([x], [y]) => (x < y ? -1 : x > y ? 1 : 0));
		if (gone.length > 0 || without.length > 0) await this.#remove(gone, without);
		if (renamed.length > 0) await this.#rename(renamed);
		if (come.length > 0 || listed.length > 0) await this.#add(come, listed);
	}

	async list(entries: Listed): Promise<void> {
		if (entries.length > 0) await this.db.run(LIST(1), ...listColumns(entries));
	}

	async keepForms(entries: readonly { no: RecordNo; forms: KeptForms }[]): Promise<void> {
		if (entries.length === 0) return;
		const sql = 'UPDATE @record_keys r SET forms_of = n.forms_of, forms = n.forms FROM unnest($1::bigint[], $2::text[], $3::text[]) n (no, forms_of, forms) WHERE r.no = n.no';
		await this.db.run(sql, entries.map(({ no }) => no), entries.map(({ forms }) => forms.of), entries.map(({ forms }) => forms.forms));
	}

	async removeHolders(): Promise<void> {
		// Not TRUNCATE: nobody could look anything up until the transaction ends.
		await this.db.run('DELETE FROM @keys');
	}

	async addHolders(holders: readonly HeldDigest[]): Promise<void> {
		if (holders.length === 0) return;
		const sql = 'INSERT INTO @keys (key, no, who) SELECT * FROM unnest($1::text[], $2::bigint[], $3::text[])';
		await this.db.run(sql, ...columnsOf(holders.map(({ digest, no, who }): HeldKey => [digest, no, who])));
		this.db.growth.noteLoad();
	}

	async markGeneric(keys: readonly string[], generic: boolean): Promise<void> {
		if (keys.length === 0) return;
		const sql = generic
			? 'INSERT INTO @generic_keys (key) SELECT unnest($1::text[]) ON CONFLICT DO NOTHING'
			: 'DELETE FROM @generic_keys WHERE key = ANY ($1::text[])';
		await this.db.run(sql, keys);
	}

	async #remove(gone: readonly [string, RecordNo][], without: readonly RecordNo[]): Promise<void> {
		await this.db.run(
			`WITH lists AS (DELETE FROM @record_keys WHERE no = ANY ($3::bigint[]))
			DELETE FROM @keys k USING unnest($1::text[], $2::bigint[]) n (key, no) WHERE k.key = n.key AND k.no = n.no`,
			gone.map(([key]) => key),
			gone.map(([, no]) => no),
			without,
		);
	}

	async #rename(renamed: readonly HeldKey[]): Promise<void> {
		const sql = 'UPDATE @keys k SET who = n.who FROM unnest($1::text[], $2::bigint[], $3::text[]) n (key, no, who) WHERE k.key = n.key AND k.no = n.no';
		await this.db.run(sql, ...columnsOf(renamed));
	}

	async #add(come: readonly HeldKey[], listed: Listed): Promise<void> {
		await this.db.run(
			`WITH lists AS (${LIST(4)}) INSERT INTO @keys (key, no, who) SELECT * FROM unnest($1::text[], $2::bigint[], $3::text[])`,
			...columnsOf(come),
			...listColumns(listed),
		);
	}
}

function listColumns(entries: Listed): [RecordNo[], string[], string[], string[]] {
	return [
		entries.map(({ no }) => no),
		entries.map(({ listed }) => listed),
		entries.map(({ forms }) => forms?.of ?? ''),
		entries.map(({ forms }) => forms?.forms ?? ''),
	];
}

function columnsOf(keys: readonly HeldKey[]): [string[], RecordNo[], string[]] {
	return [keys.map(([key]) => key), keys.map(([, no]) => no), keys.map(([, , who]) => who)];
}
