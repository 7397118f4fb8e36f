import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { closeAllStores, openStore, writeAgainIfLost } from '../../lib/store';
import { AT, person, putPersons, ref } from '../store/samples';
import { OwnServer } from './server';

describe('a database that is gone for a while', () => {
	let server: OwnServer;
	beforeAll(async () => void (server = await OwnServer.start()));
	afterAll(async () => {
		await closeAllStores();
		await server.end();
	});

	test('a step that runs while it goes keeps nothing and says so; steps that wait for it lose nothing; afterwards everything goes on', async () => {
		const store = await openStore({ url: server.url });
		await putPersons(store, 'before');
		const interrupted = store.write(async (tx) => {
			await tx.records.put([person('half')], AT);
			server.stop();
			await wait(200);
			await tx.records.put([person('other half')], AT);
		});
		const message = expect.stringContaining('nothing of this step was kept');
		await expect(interrupted).rejects.toMatchObject({ name: 'StoreError', code: 'unreachable', message });
		const waiting = [putPersons(store, 'during'), store.read(async (tx) => await tx.records.counts())] as const;
		await wait(300);
		await server.startAgain();
		await Promise.all(waiting);
		await putPersons(store, 'after');
		const found = await store.read(async (tx) => await tx.records.byRef(['before', 'half', 'other half', 'during', 'after'].map((id) => ref(id))));
		expect([...found.values()].map(({ sourceId }) => sourceId)).toEqual(['before', 'during', 'after']);
	});

	test('a batch that may be done twice is done once more, and so nobody notices; what goes wrong by itself is not', async () => {
		const store = await openStore({ url: server.url });
		let tries = 0;
		const written = await writeAgainIfLost(store, async (tx) => {
			const first = await tx.records.put([person('again')], AT);
			if ((tries += 1) === 1) await server.restart();
			return [...first, ...(await tx.records.put([person('and again')], AT))];
		});
		expect([tries, written.map(({ outcome }) => outcome)]).toEqual([2, ['new', 'new']]);
		const failing = writeAgainIfLost(store, async () => {
			tries += 1;
			return await Promise.reject(new Error('of its own'));
		});
		await expect(failing).rejects.toThrow('of its own');
		expect(tries).toBe(3);
	});

	test('a machine that vanished is noticed soon: silent connections are tried every few seconds', async () => {
		const store = await openStore({ url: server.url });
		await putPersons(store, 'silent');
		const timers = await keepAliveTimers(Number(new URL(server.url).port));
		expect(timers.length).toBeGreaterThan(0);
		for (const seconds of timers) expect(seconds).toBeLessThanOrEqual(30);
	});

	test('patience ends with an error that names the database', async () => {
		const store = await openStore({ url: `${server.url}?application_name=impatient` }, { patienceMs: 300 });
		server.stop();
		await wait(200);
		await expect(putPersons(store, 'lost')).rejects.toMatchObject({ code: 'unreachable', message: expect.stringContaining(new URL(server.url).host) });
		await server.startAgain();
		expect((await putPersons(store, 'found')).length).toBe(1);
	});
});

/** For how long each connection to this port may still be silent before it is tried, which only Linux shows. Seconds. */
async function keepAliveTimers(port: number): Promise<number[]> {
	const wanted = new RegExp(`^ *\\d+: \\S+ \\S+:${port.toString(16).toUpperCase().padStart(4, '0')} 01 \\S+ 02:(\\S+) `, 'gm');
	for (let tries = 0; tries < 50; tries++) {
		// Hundredths of a second.
		const found = [...readFileSync('/proc/net/tcp', 'utf8').matchAll(wanted)].map(([, time = '']) => parseInt(time, 16) / 100);
		if (found.length > 0) return found;
		await wait(20);
	}
	return [];
}
