import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { openStore, type IdentityStore } from '../../lib/store';
import { putPersons } from '../store/samples';
import { bundledProcess } from './bundled-process';
import { OwnNetwork } from './own-network';
import { temporarySchemas } from './schemas';
import { OwnServer } from './server';

const STANDSTILL_MS = 1_000;

const stopping = bundledProcess('stopping-process');
const writing = bundledProcess('writer-process');

/** What it says of the step in which it was stopped, and of the same step done again. */
const SAID = [expect.stringMatching(/^unreachable: .*nothing of this step was kept\. Run the step again/), 'done', ''];

function start(program: string, values: readonly unknown[], within: readonly string[] = []): ChildProcess {
	const [command = '', ...rest] = [...within, process.execPath, program, ...values.map(String)];
	return spawn(command, rest, { stdio: ['ignore', 'pipe', 'inherit'] });
}

/** Everything that it prints, a line each, and its exit code. */
async function endOf(process: ChildProcess): Promise<{ said: string[]; code: number | null }> {
	const [said, [code]] = await Promise.all([text(process.stdout as NonNullable<ChildProcess['stdout']>), once(process, 'exit') as Promise<[number | null]>]);
	return { said: said.split('\n'), code };
}

async function untilStopped({ pid }: ChildProcess): Promise<void> {
	while (!readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') T ')) await wait(20);
}

async function sourceIds(store: IdentityStore): Promise<string[]> {
	return await store.read(async (tx) => (await tx.records.scan(0, 9)).map(({ sourceId }) => sourceId));
}

describe('a writer that is gone without a word', () => {
	const newSchema = temporarySchemas();
	let [network, server, writer]: [OwnNetwork | undefined, OwnServer | undefined, ChildProcess | undefined] = [undefined, undefined, undefined];
	afterEach(async () => {
		writer?.kill('SIGKILL');
		await server?.end();
		network?.end();
		[network, server] = [undefined, undefined];
	});

	test('because its process was stopped while it was sent an answer keeps the others waiting no longer than a step may stand still', async () => {
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

	test('because its machine was lost in the middle of a statement does not either', async () => {
		network = OwnNetwork.make();
		if (!network) return;
		server = await OwnServer.start(network.within);
		const port = Number(new URL(server.url).port);
		const { within } = network;
		writer = start(stopping, [server.url, 'customer360', STANDSTILL_MS, 'write'], within);
		await untilStopped(writer);
		network.cut();
		while (network.connectionsTo(port) > 0) await wait(50);
		network.mend();
		const [people, size] = [2, 10];
		expect((await endOf(start(writing, [server.url, 'customer360', people, size, 0, 1], within))).code).toBe(0);

		writer.kill('SIGCONT');
		expect(await endOf(writer)).toEqual({ said: SAID, code: 0 });
	}, 60_000);
});
