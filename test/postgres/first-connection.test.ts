import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { closeAllStores, openStore } from '../../lib/store';
import { run } from '../unit/cli/command';
import { AT, putPersons } from '../store/samples';
import { Proxy } from './proxy';
import { temporarySchemas } from './schemas';
import { changedUrl, postgresUrl } from './server';

/** Less than an outage is waited for, and by far more than it takes to say that nobody is there. Milliseconds. */
const SOON = 20_000;

describe('a database of which nothing was heard yet', () => {
	const newSchema = temporarySchemas();
	const proxies: Proxy[] = [];
	afterEach(async () => {
		await closeAllStores();
		for (const proxy of proxies.splice(0)) await proxy.close();
	});

	async function proxyTo(url: string): Promise<Proxy> {
		const proxy = await Proxy.to(url);
		proxies.push(proxy);
		return proxy;
	}

	test('at a wrong port, under a name that leads nowhere, with a wrong password or database: it is told soon what to look at, also on the command line', async () => {
		const url = await postgresUrl();
		const silent = changedUrl(url, { port: '1' });
		const wrong = [silent, ...[{ hostname: 'no..host' }, { password: 'not-the-password' }, { pathname: '/nowhere' }].map((change) => changedUrl(url, change))];
		const [ended, ...opened] = await Promise.all([run('check', '--store', silent), ...wrong.map(async (one) => await openStore({ url: one }).catch((error: unknown) => error))]);
		const unreachable = { code: 'unreachable', message: expect.stringContaining('Check host and port') };
		const refused = { code: 'refused', message: expect.stringContaining('Check user, password, database') };
		expect(opened).toMatchObject([unreachable, unreachable, refused, refused]);
		const { code, err } = ended;
		expect([code, err.split('\n')]).toEqual([2, [expect.stringMatching(/^Waiting for the database \S+:1\/\S* \(connect ECONNREFUSED .*\) \.\.\.$/), unreachable.message, '']]);
	}, SOON);

	test('that says nothing at all, as behind a firewall, is given up after one attempt', async () => {
		const silent = createServer((socket) => socket.on('error', () => undefined)).listen(0, '127.0.0.1');
		await once(silent, 'listening');
		const url = changedUrl(await postgresUrl(), { port: String((silent.address() as AddressInfo).port) });
		await expect(openStore({ url }, { attemptMs: 300, firstPatienceMs: 200 })).rejects.toMatchObject({ code: 'unreachable', message: expect.stringContaining('Check host and port') });
		silent.close();
	});

	test('that begins to listen a moment later is waited for: programs and database may be started together', async () => {
		const { url, schema } = await newSchema();
		const proxy = await proxyTo(url);
		const opening = openStore({ url: proxy.url, schema });
		await wait(300);
		await proxy.open();
		expect(await putPersons(await opening, '1')).toEqual([1]);
	});

	test('that says itself that it is starting is waited for as long as one that was there before', async () => {
		const { url, schema } = await newSchema();
		const proxy = await proxyTo(url);
		proxy.startingFor = 3;
		await proxy.open();
		expect(await putPersons(await openStore({ url: proxy.url, schema }, { firstPatienceMs: 0 }), '1')).toEqual([1]);
		await closeAllStores();
		proxy.startingFor = 3;
		await expect(openStore({ url: proxy.url, schema }, { patienceMs: 0 })).rejects.toMatchObject({ code: 'unreachable', message: expect.stringContaining('starting up') });
	});

	test('and that then goes away for a while is waited for', async () => {
		const { url, schema } = await newSchema();
		const proxy = await proxyTo(url);
		await proxy.open();
		const store = await openStore({ url: proxy.url, schema }, { firstPatienceMs: 0 });
		await proxy.close();
		const waiting = [putPersons(store, '1'), store.write(async (tx) => await tx.cursors.set('test', 1, AT))];
		await wait(300);
		await proxy.open();
		await Promise.all(waiting);
		expect(await store.read(async (tx) => await tx.cursors.get('test'))).toBe(1);
	});
});
