import type { IdentityModel, VersionedModel } from '../../domain';
import type { ModelWriter } from '../interface';
import type { Connection } from './connection';
import type { Immediate } from './transaction';

interface ModelRow {
	version: number;
	created_at: string;
	actor: string;
	model: string;
}

export class SqliteModels implements Immediate<ModelWriter> {
	constructor(private readonly db: Connection) {}

	current(): VersionedModel | undefined {
		const row = this.db.get<ModelRow>('SELECT * FROM models ORDER BY version DESC LIMIT 1');
		return row && read(this.db, row);
	}

	version(version: number): VersionedModel | undefined {
		const row = this.db.get<ModelRow>('SELECT * FROM models WHERE version = ?', version);
		return row && toModel(row);
	}

	add(model: IdentityModel, actor: string, at: string): number {
		const version = (this.current()?.version ?? 0) + 1;
		this.db.run('INSERT INTO models (version, created_at, actor, model) VALUES (?, ?, ?, ?)', version, at, actor, JSON.stringify(model));
		return version;
	}
}

/** The model that was read last, by connection: parsing it takes longer than a small batch, and what is prepared for it is kept by its identity. */
const latest = new WeakMap<Connection, { text: string; model: IdentityModel }>();

function read(db: Connection, row: ModelRow): VersionedModel {
	const known = latest.get(db);
	const model = known?.text === row.model ? known.model : (JSON.parse(row.model) as IdentityModel);
	latest.set(db, { text: row.model, model });
	return { version: row.version, createdAt: row.created_at, actor: row.actor, model };
}

function toModel(row: ModelRow): VersionedModel {
	return { version: row.version, createdAt: row.created_at, actor: row.actor, model: JSON.parse(row.model) as IdentityModel };
}
