import { openStore } from '../../lib/store';
import { run } from '../unit/cli/command';

/** Each has a part of a password that no message may repeat. */
const REFUSED: [string, string, string][] = [
	['several hosts with a port each', 'postgres://ann:geheim@one:5432,two:5432/crm', 'names several hosts'],
	['several hosts with one port', 'postgres://ann:geheim@one,two:5432/crm', 'names several hosts'],
	['several hosts in a parameter', 'postgres://ann:geheim@one/crm?host=one,two', 'names several hosts'],
	['a socket without a host before it', 'postgres://ann:geheim@/crm?host=/var/run/postgresql', '@localhost/DATABASE?host=/FOLDER'],
	['a # in the password', 'postgres://ann:12#geheim@localhost/crm', '%40 %3A %2F %23 %25'],
	['a ? in the password', 'postgres://ann:12?geheim@localhost/crm', '%40 %3A %2F %23 %25'],
	['a / in the password', 'postgres://ann:12/geheim@localhost/crm', '%40 %3A %2F %23 %25'],
	['a password that is not of UTF-8', 'postgres://ann:geheim%E0x@localhost/crm', '%40 %3A %2F %23 %25'],
	['another database behind the question mark', 'postgres://ann:geheim@localhost/crm?dbname=other', '"dbname", which is not followed'],
	['a word for ssl at which the driver ends the process', 'postgres://ann:geheim@localhost/crm?ssl=false', 'sslmode=disable'],
	['a folder as a certificate', 'postgres://ann:geheim@localhost/crm?sslrootcert=/tmp', "can't be read (EISDIR"],
	['the word of libpq for the authorities of the machine', 'postgres://ann:geheim@localhost/crm?sslrootcert=system', '--use-system-ca'],
	['what the driver refuses itself', 'postgres://ann:geheim@localhost/crm?uselibpqcompat=true&sslmode=verify-ca', 'requires specifying a CA'],
];

describe('a URL that would lead elsewhere, or nowhere, is refused before anything is sent, without its password:', () => {
	test.each(REFUSED)('%s', async (_what, url, says) => {
		const thrown: unknown = await openStore({ url }, { patienceMs: 0 }).catch((error: unknown) => error);
		expect(thrown).toMatchObject({ name: 'StoreError', code: 'refused', message: expect.stringContaining(says) });
		expect((thrown as Error).message).not.toContain('geheim');
		const { code, err } = await run('check', '--store', url);
		expect([code, err]).toEqual([2, `customer360: ${(thrown as Error).message}\n`]);
	});
});

test('a comma in a password is no second host', async () => {
	const thrown: unknown = await openStore({ url: 'postgres://ann:a,b@127.0.0.1:1/crm' }, { patienceMs: 0 }).catch((error: unknown) => error);
	expect(thrown).toMatchObject({ code: 'unreachable' });
});
