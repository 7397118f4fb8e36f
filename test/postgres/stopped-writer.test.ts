import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { openStore, type IdentityStore } from '../../lib/store';
import { AT, putPersons } from '../store/samples';
import { bundledProcess } from './bundled-process';
import { temporarySchemas } from './schemas';
import { runSql } from './server';

/** More than the buffers of a connection hold, so that who sends it has to wait for who takes it in. Characters. */
const LARGE = 40_000_000;
const STANDSTILL_MS = 1_000;

const bundled = bundledProcess('stopping-process');

async function sourceIds(store: IdentityStore): Promise<string[]> {
	return await store.read(async (tx) => (await tx.records.scan(0, 9)).map(({ sourceId }) => sourceId));
}

/** Waits until the server waits for this schema's writer to take its answer in. */
async function untilStuck({ url, schema }: { url: string; schema: string }): Promise<void> {
	const stuck = `SELECT 1 FROM pg_stat_activity WHERE state = 'active' AND wait_event = 'ClientWrite' AND strpos(query, '${schema}') > 0`;
	while ((await runSql(url, stuck)).length === 0) await wait(20);
}

describe('a writer whose process is stopped', () => {
	const newSchema = temporarySchemas();
	let writer: ChildProcess | undefined;
	afterEach(() => void writer?.kill('SIGKILL'));

	test('in the middle of a large answer keeps the others waiting no longer than a step may stand still; gone on, it can do its step again', async () => {
		const target = await newSchema();
		const store = await openStore(target, { lockTimeoutMs: 20_000 });
		await store.write(async (tx) => await tx.cursors.set('large', 'x'.repeat(LARGE), AT));
		writer = spawn(process.execPath, [bundled, target.url, target.schema, String(STANDSTILL_MS)], { stdio: ['ignore', 'pipe', 'inherit'] });
		await untilStuck(target);
		await putPersons(store, 'of another one');
		expect(await sourceIds(store)).toEqual(['of another one']);

		writer.kill('SIGCONT');
		const [said, [code]] = await Promise.all([text(writer.stdout as NonNullable<ChildProcess['stdout']>), once(writer, 'exit') as Promise<[number | null]>]);
		expect(said.split('\n')).toEqual([expect.stringMatching(/^unreachable: .*nothing of this step was kept\. Run the step again/), `read ${LARGE}`, '']);
		expect([code, await sourceIds(store)]).toEqual([0, ['of another one', 'of the stopped one']]);
	});
});
