import { openStore } from '../../lib/store';
import { putPersons } from '../store/samples';
import { run } from '../unit/cli/command';
import { temporarySchemas } from './schemas';
import { runSql } from './server';

describe('a store of which somebody has taken something away', () => {
	const newSchema = temporarySchemas();

	test('what somebody has taken away is listed by check, with the statement that brings it back; without its counters nothing is written', async () => {
		const target = await newSchema();
		const store = await openStore(target);
		await putPersons(store, '1', '2');
		const address = `${target.url}?schema=${target.schema}`;
		await runSql(target.url, `SET search_path = "${target.schema}"; DROP INDEX records_by_ref; ALTER TABLE evidence DROP CONSTRAINT evidence_pkey`);
		const { code, out } = await run('check', '--store', address);
		expect(code).toBe(1);
		const again = out.split('\n').map((line) => /^the tables are whole: .* is missing\. .*: (.*;)$/.exec(line)?.[1]).filter((line) => line !== undefined);
		expect(again).toHaveLength(2);
		await runSql(target.url, ...again);
		expect((await run('check', '--store', address)).out).not.toContain('the tables are whole');

		await runSql(target.url, `DELETE FROM "${target.schema}".counters WHERE name = 'records'`);
		expect((await run('check', '--store', address)).out).toContain('the counter of records is missing');
		await expect(putPersons(store, '3')).rejects.toMatchObject({ code: 'not_a_store', message: expect.stringContaining('"counters"') });

		await runSql(target.url, `DROP TABLE "${target.schema}".links`);
		expect((await run('check', '--store', address)).out).toMatch(/the tables are whole: the table links is missing/);
	});
});
