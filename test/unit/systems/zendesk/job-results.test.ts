import { addUser, before, closeAll, item, ready } from './given';

afterEach(closeAll);

describe('forms in which Zendesk tells results', () => {
	const job = (results: unknown, status = 'completed') => ({ id: 'j1', status, message: 'Stopped at 12:00', progress: 1, total: 3, results });
	const emails = ['a@example.com', 'b@example.com', 'c@example.com'];

	/** What we make of such results for updates of 1, 2, 3, or for three new users. */
	async function told(results: unknown, kind: 'known' | 'new', status?: string) {
		const { users, client, state, server } = await ready();
		for (const id of [1, 2, 3]) addUser(state, id, before(500));
		const start = kind === 'known' ? 'update users' : 'create users';
		server.fail({ kind: 'status', route: start, status: 200, times: 1, body: { job_status: job(null, 'queued') } });
		server.fail({ kind: 'status', route: 'show job', status: 200, times: 1, body: { job_status: job(results, status) } });
		const items = emails.map((email, index) => (kind === 'known' ? item(String(index + 1)) : item(null, {}, email)));
		return (await users.write(client, items)).map((result) => (result.status === 'acknowledged' ? result.targetId : result.status));
	}

	const done = (id: number, more: object = {}) => ({ id, status: 'Updated', ...more });

	test.each<[string, unknown[], string[]]>([
		['in another order', [done(3, { success: true }), done(1), { id: 2, success: true }], ['1', '2', '3']],
		['with an error beside the word Updated', [done(1), done(2, { error: 'UserUpdateError' }), done(3)], ['1', 'failed', '3']],
		['with success: false only', [done(1), { id: 2, success: false }, done(3)], ['1', 'failed', '3']],
		['with a list of errors', [done(1), { id: 2, status: 'Failed', errors: [{ description: 'no' }] }, done(3)], ['1', 'failed', '3']],
		['with one left out', [done(3), done(1)], ['1', 'retry', '3']],
	])('for known users: %s', async (_how, results, expected) => {
		expect(await told(results, 'known')).toEqual(expected);
	});

	const made = (id: number, email?: string) => ({ id, status: 'Created', ...(email && { email }) });

	test.each<[string, unknown[], string[]]>([
		['by position', [{ id: 903, index: 2 }, { id: 901, index: 0 }, { id: 902, index: 1 }], ['901', '902', '903']],
		['by email', [made(903, 'C@example.com'), made(901, 'a@example.com')], ['901', 'retry', '903']],
		[
			'the position of a refused one in its id',
			[{ id: 1, status: 'Failed', error: 'UserCreateError' }, made(903, 'c@example.com'), made(901, 'a@example.com')],
			['901', 'failed', '903'],
		],
		['in the order of the request', [made(901), made(902), made(903)], ['901', '902', '903']],
		['none at all', [], ['retry', 'retry', 'retry']],
	])('for new users: %s', async (_how, results, expected) => {
		expect(await told(results, 'new')).toEqual(expected);
	});

	test('a job that was killed half-way keeps what it had done', async () => {
		expect(await told([{ id: 1, status: 'Updated', success: true }], 'known', 'killed')).toEqual(['1', 'retry', 'retry']);
	});
});
