import { type AddressInfo, createServer, type Server } from 'node:net';
import { TLSSocket } from 'node:tls';
import { openStore } from '../../lib/store';

/** For localhost, signed by nobody but itself; valid for a hundred years. Key and certificate are used here only. */
const CERTIFICATE = [
	'-----BEGIN CERTIFICATE-----',
	'MIIBlTCCATugAwIBAgIUbjiQEwjquJpgTF2N7hHrMeLiVoAwCgYIKoZIzj0EAwIw',
	'FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMjA2MTEwOVoYDzIxMjYxMDI5',
	'MDYxMTA5WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO',
	'PQMBBwNCAASpgxmPPD4+aA/x9nnvHQlwXGBLXv90+umGwqmhn0D9MB9o0TcgFczg',
	'qX/hD3h9SIWpL42/xN5AlMtE7PNqDb31o2kwZzAdBgNVHQ4EFgQUKMfgdjxxoIYk',
	'xZ5YlSZW6JwVKeIwHwYDVR0jBBgwFoAUKMfgdjxxoIYkxZ5YlSZW6JwVKeIwDwYD',
	'VR0TAQH/BAUwAwEB/zAUBgNVHREEDTALgglsb2NhbGhvc3QwCgYIKoZIzj0EAwID',
	'SAAwRQIhAJ6wZY0O7FuvGCbyUEt7HILCqQUkSnKgEHOSoHqAnHtTAiAZHfU9fIlA',
	'p7tPOkYlm52Tk6VSFIC13CJRtyH+pWmuzA==',
	'-----END CERTIFICATE-----',
].join('\n');
const KEY = [
	'-----BEGIN PRIVATE KEY-----',
	'MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgfIAU+mhtzNpv+JHu',
	'DsAtsdW1QEoM324NBUUOHBm/nf2hRANCAASpgxmPPD4+aA/x9nnvHQlwXGBLXv90',
	'+umGwqmhn0D9MB9o0TcgFczgqX/hD3h9SIWpL42/xN5AlMtE7PNqDb31',
	'-----END PRIVATE KEY-----',
].join('\n');

/** A server that answers a PostgreSQL client's wish for TLS, and then shows this certificate. */
async function startServer(): Promise<Server> {
	const server = createServer((socket) => {
		socket.on('error', () => undefined);
		socket.once('data', () => {
			socket.write('S');
			new TLSSocket(socket, { isServer: true, cert: CERTIFICATE, key: KEY }).on('error', () => undefined);
		});
	});
	await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
	return server;
}

test('a file with certificates that is not there is named, the password is not', async () => {
	const thrown: unknown = await openStore({ url: 'postgres://ann:geheim@localhost/crm?sslrootcert=/nowhere/ca.pem' }, { patienceMs: 0 }).catch((error: unknown) => error);
	expect(thrown).toMatchObject({ name: 'StoreError', code: 'refused' });
	expect((thrown as Error).message).toContain('sslrootcert=/nowhere/ca.pem');
	expect((thrown as Error).message).not.toContain('geheim');
});

test('a certificate that nobody vouches for is refused, with what to do and without the password', async () => {
	const server = await startServer();
	try {
		const url = `postgres://ann:geheim@localhost:${(server.address() as AddressInfo).port}/crm?sslmode=verify-full`;
		const thrown: unknown = await openStore({ url }, { patienceMs: 0 }).catch((error: unknown) => error);
		expect(thrown).toMatchObject({ name: 'StoreError', code: 'refused' });
		const { message } = thrown as Error;
		expect(message).toContain('NODE_EXTRA_CA_CERTS');
		expect(message).not.toContain('geheim');
	} finally {
		await new Promise((closed) => server.close(closed));
	}
});
