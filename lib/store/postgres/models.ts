import { randomUUID } from 'node:crypto';
import type { IdentityModel, VersionedModel } from '../../domain';
import type { ModelWriter } from '../interface';
import { readModel } from '../stored-texts';
import { wholeNumber, type Connection } from './connection';

interface ModelRow {
	version: number;
	created_at: string;
	actor: string;
	stamp: string;
}

const HEAD = 'SELECT version, created_at, actor, stamp FROM @models';

export class PostgresModels implements ModelWriter {
	constructor(private readonly db: Connection) {}

	async current(): Promise<VersionedModel | undefined> {
		const row = await this.db.get<ModelRow>(`${HEAD} ORDER BY version DESC LIMIT 1`);
		if (!row) return undefined;
		const model = this.db.models.get(row.stamp) ?? (await this.#read(row.version));
		this.db.models.keep(row.stamp, model);
		return { version: row.version, createdAt: row.created_at, actor: row.actor, model };
	}

	async version(version: number): Promise<VersionedModel | undefined> {
		const row = await this.db.get<ModelRow>(`${HEAD} WHERE version = $1`, wholeNumber(version));
		return row && { version: row.version, createdAt: row.created_at, actor: row.actor, model: await this.#read(row.version) };
	}

	async add(model: IdentityModel, actor: string, at: string): Promise<number> {
		const row = await this.db.get<{ version: number }>(
			`INSERT INTO @models (version, created_at, actor, stamp, model)
			SELECT coalesce(max(version), 0) + 1, $1, $2, $3, $4 FROM @models RETURNING version`,
			at,
			actor,
			randomUUID(),
			JSON.stringify(model),
		);
		return row?.version ?? 0;
	}

	async #read(version: number): Promise<IdentityModel> {
		const row = await this.db.get<{ model: string }>('SELECT model FROM @models WHERE version = $1', version);
		return readModel(row?.model ?? '', version);
	}
}
