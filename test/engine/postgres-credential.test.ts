import { pollNode, runNode } from './harness';
import type { CredentialData } from './additional-data';
import type { IDataObject } from 'n8n-workflow';
import { Client } from 'pg';
import { temporarySchemas } from '../postgres/schemas';
import { Customer360StoreApi } from '../../credentials/Customer360StoreApi.credentials';
import { Customer360Match } from '../../nodes/Customer360Match/Customer360Match.node';
import { Customer360Merge } from '../../nodes/Customer360Merge/Customer360Merge.node';
import { Customer360Profile } from '../../nodes/Customer360Profile/Customer360Profile.node';
import { Customer360Trigger } from '../../nodes/Customer360Trigger/Customer360Trigger.node';
import { defaultStoreFile, targetOf } from '../../nodes/store-target';

const filled = { type: 'postgres', host: 'db.internal', port: 5433, database: 'crm', user: 'c360', password: 'secret', schema: 'people', ssl: 'disable' };

/** As n8n shows it. */
const NAME = new Customer360StoreApi().displayName;

/** How the driver understands the target. */
function understood(credential: IDataObject) {
	const target = targetOf(credential);
	if (!('url' in target)) throw new Error('a file');
	const { host, port, database, user, password, ssl } = new Client(target.url) as Client & { ssl: unknown };
	return { host, port, database, user, password, ssl, schema: target.schema };
}

describe('the store credential', () => {
	test.each<[string, IDataObject, object]>([
		['as filled in', {}, { host: 'db.internal', port: 5433, database: 'crm', user: 'c360', password: 'secret', schema: 'people', ssl: false }],
		['any sign in the password and the user', { user: 'c360@eu', password: ' p@ss:w/o#r?d%41& ' }, { user: 'c360@eu', password: ' p@ss:w/o#r?d%41& ', host: 'db.internal', database: 'crm' }],
		['an IPv6 address', { host: '::1' }, { host: '::1', port: 5433 }],
		['the usual port and schema', { port: '', schema: ' ' }, { port: 5432, schema: 'customer360' }],
		['TLS without a look at the certificate', { ssl: 'require' }, { ssl: { rejectUnauthorized: false } }],
		['TLS with a look at the certificate', { ssl: 'verify-full' }, { ssl: {} }],
	])('for PostgreSQL: %s', (_what, change, expected) => {
		expect(understood({ ...filled, ...change })).toMatchObject(expected);
	});

	test.each<[string, IDataObject, string]>([
		['no host', { host: ' ' }, `"Host" of the ${NAME} credential is empty`],
		['no database', { database: '' }, `"Database" of the ${NAME} credential is empty`],
		['no user', { user: undefined }, `"User" of the ${NAME} credential is empty`],
		['a port that is none', { port: 'five' }, `"Port" of the ${NAME} credential is no port number`],
		['an SSL mode that is none', { ssl: 'maybe' }, `"SSL" of the ${NAME} credential must be`],
	])('says which field is wrong: %s', (_what, change, message) => {
		expect(() => targetOf({ ...filled, ...change })).toThrow(message);
		expect(() => targetOf({ ...filled, ...change })).not.toThrow('secret');
	});

	test.each<[string, IDataObject | undefined, string]>([
		['none chosen', undefined, defaultStoreFile()],
		['made before there was a choice', { file: ' /data/people.sqlite ' }, '/data/people.sqlite'],
		['a file', { ...filled, type: 'sqlite', file: '/data/people.sqlite' }, '/data/people.sqlite'],
		['a file without a name', { type: 'sqlite', file: '' }, defaultStoreFile()],
	])('for a file: %s', (_what, credential, file) => {
		expect(targetOf(credential)).toEqual({ file });
	});
});

describe('nodes on PostgreSQL', () => {
	const newSchema = temporarySchemas();

	/** The credential of the test's own schema, as a person would fill it in. */
	async function credentialFor(): Promise<CredentialData & { customer360StoreApi: IDataObject }> {
		const { url, schema } = await newSchema();
		const { host, port, database, user, password } = new Client(url);
		return { customer360StoreApi: { type: 'postgres', host, port, database: database ?? '', user: user ?? '', password: password ?? '', schema, ssl: 'disable' } };
	}

	const buyer = (sourceId: string, email: string) => {
		const at = '2026-03-01T10:00:00.000Z';
		return { system: 'shop', object: 'buyer', sourceId, version: '1', updatedAt: at, kind: 'person', attributes: {}, identifiers: [{ kind: 'email', value: email }], consent: [], links: [] };
	};
	const press = (data: IDataObject) => new Customer360Profile().methods.credentialTest.testStore.call({} as never, { id: '1', name: 'Store', type: 'customer360StoreApi', data } as never);

	afterEach(() => {
		delete process.env.EXECUTIONS_MODE;
	});

	test('match and merge there, also in queue mode, and the test of the credential says who is there and where', async () => {
		const credentials = await credentialFor();
		process.env.EXECUTIONS_MODE = 'queue';
		const { outputs } = await runNode(Customer360Match, { items: [buyer('1', 'ann@larkmill.com'), buyer('2', 'bob@larkmill.com'), buyer('3', 'cy@larkmill.com')], credentials });
		expect(outputs.flat()).toHaveLength(3);
		const merged = await runNode(Customer360Merge, { credentials, parameters: { output: 'summary' } });
		expect(merged.outputs.flat()[0]?.json).toEqual({ built: 3, changed: 3 });
		const { host, port, database, schema } = credentials.customer360StoreApi;
		const result = await press(credentials.customer360StoreApi);
		expect(result).toEqual({ status: 'OK', message: `${host as string}:${port as number}/${database as string} (schema ${schema as string}): 3 people, 0 companies` });
		const polled = await pollNode(Customer360Trigger, { credentials, parameters: { events: [], emit: 'events', start: 'beginning' } });
		expect(polled.error).toBeUndefined();
		expect(polled.emitted.flat(2)).toHaveLength(3);
	});

	test('the test of the credential says what is wrong, without the password and long before an outage would be over', async () => {
		const { customer360StoreApi: data } = await credentialFor();
		expect(await press({ ...data, port: 1 })).toEqual({ status: 'Error', message: expect.stringContaining('Check host and port') });
		const { status, message } = await press({ ...data, user: 'nobody_of_that_name', password: 'p@ss word' });
		expect(status).toBe('Error');
		expect(message).not.toContain('p@ss word');
		expect(message).toContain('nobody_of_that_name');
	}, 20_000);
});
