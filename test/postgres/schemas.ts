import { randomUUID } from 'node:crypto';
import { closeAllStores } from '../../lib/store';
import { postgresUrl, runSql } from './server';

/** A schema of its own for each test, gone afterwards; call it once in a describe block. */
export function temporarySchemas(): () => Promise<{ url: string; schema: string }> {
	const made: { url: string; schema: string }[] = [];
	afterEach(async () => {
		await closeAllStores();
		for (const { url, schema } of made.splice(0)) await runSql(url, `DROP SCHEMA IF EXISTS "${schema}" CASCADE`);
	});
	return async () => {
		const target = { url: await postgresUrl(), schema: `test_${randomUUID()}` };
		made.push(target);
		return target;
	};
}
