import type { ChildProcess } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { bundledProcess } from './bundled-process';
import { OwnNetwork } from './own-network';
import { OwnServer } from './server';
import { endOf, SAID, start, untilStopped } from './stopped-process';

const STANDSTILL_MS = 1_000;

const stopping = bundledProcess('stopping-process');
const writing = bundledProcess('writer-process');
let [network, server, writer]: [OwnNetwork | undefined, OwnServer | undefined, ChildProcess | undefined] = [undefined, undefined, undefined];
afterEach(async () => {
	writer?.kill('SIGKILL');
	await server?.end();
	network?.end();
});

test('a writer whose machine is lost in the middle of a statement keeps the others waiting no longer than a step may stand still', async () => {
	network = OwnNetwork.make();
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
