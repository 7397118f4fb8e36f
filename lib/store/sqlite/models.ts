import type { IdentityModel, VersionedModel } from '../../domain';
import type { ModelWriter } from '../interface';
import { readModel } from '../stored-texts';
import type { Connection } from './connection';
import type { Immediate } from './transaction';

type ModelRow = [version: number, createdAt: string, actor: string, model: string];

/**
 * The model that was read last, by connection: fetching and parsing it takes longer than a small batch, and what is prepared for it is kept by its
 * identity. A version never changes, but one whose transaction was rolled back may come again with other content.
 */
const latest = new WeakMap<Connection, { found: VersionedModel; text: string; rollbacks: number }>();

export class SqliteModels implements Immediate<ModelWriter> {
	constructor(private readonly db: Connection) {}

	current(): VersionedModel | undefined {
		const [last] = this.db.lists<[version: number]>('SELECT version FROM models ORDER BY version DESC LIMIT 1');
		if (!last) return undefined;
		const known = latest.get(this.db);
		if (known?.found.version === last[0] && known.rollbacks === this.db.rollbacks) return { ...known.found };
		const row = this.#row(last[0]) as ModelRow;
		const found = toModel(row, known?.text === row[3] ? known.found.model : undefined);
		latest.set(this.db, { found, text: row[3], rollbacks: this.db.rollbacks });
		return { ...found };
	}

	version(version: number): VersionedModel | undefined {
		const row = this.#row(version);
		return row && toModel(row);
	}

	add(model: IdentityModel, actor: string, at: string): number {
		const version = (this.current()?.version ?? 0) + 1;
		this.db.run('INSERT INTO models (version, created_at, actor, model) VALUES (?, ?, ?, ?)', version, at, actor, JSON.stringify(model));
		return version;
	}

	#row(version: number): ModelRow | undefined {
		return this.db.lists<ModelRow>('SELECT version, created_at, actor, model FROM models WHERE version = ?', version)[0];
	}
}

function toModel([version, createdAt, actor, text]: ModelRow, model = readModel(text, version)): VersionedModel {
	return { version, createdAt, actor, model };
}
