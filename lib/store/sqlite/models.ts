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
		return row && toModel(row);
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

function toModel(row: ModelRow): VersionedModel {
	return { version: row.version, createdAt: row.created_at, actor: row.actor, model: JSON.parse(row.model) as IdentityModel };
}
