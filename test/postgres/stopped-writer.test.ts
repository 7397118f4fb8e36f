import type { ChildProcess } from 'node:child_process';
import { openStore, type IdentityStore } from '../../lib/store';
import { putPersons } from '../store/samples';
import { bundledProcess } from './bundled-process';
import { temporarySchemas } from './schemas';
import { endOf, SAID, start, untilStopped } from './stopped-process';

const STANDSTILL_MS = 1_000;

const stopping = bundledProcess('stopping-process');
const newSchema = temporarySchemas();
let writer: ChildProcess | undefined;
afterEach(() => void writer?.kill('SIGKILL'));

async function sourceIds(store: IdentityStore): Promise<string[]> {
	return await store.read(async (tx) => (await tx.records.scan(0, 9)).map(({ sourceId }) => sourceId));
}

test('a writer that is gone because its process was stopped while it was sent an answer keeps the others waiting no longer than a step may stand still', async () => {
	const { url, schema } = await newSchema();
	const store = await openStore({ url, schema }, { lockTimeoutMs: 20_000 });
	writer = start(stopping, [url, schema, STANDSTILL_MS, 'read']);
	await untilStopped(writer);
	await putPersons(store, 'of another one');
	expect(await sourceIds(store)).toEqual(['of another one']);

	writer.kill('SIGCONT');
	expect(await endOf(writer)).toEqual({ said: SAID, code: 0 });
	expect(await sourceIds(store)).toEqual(['of another one', 'of the stopped one']);
}, 60_000);
