/**
 * One of n8n's processes, as far as calls to a vendor go: the built package, told what to do by its parent.
 * argv: base URL, account, JSON of the limit.
 */
const { join } = require('node:path');
const { createHttpClient, disconnectLimiters } = require(join(__dirname, '..', '..', 'dist', 'lib', 'index.js'));

const [, , baseUrl, account, limit] = process.argv;
const reply = { safeParse: (data) => ({ success: true, data }) };
const client = createHttpClient({ system: { id: 'shop', label: 'shop' }, limitKey: account, baseUrl, secrets: [], limit: JSON.parse(limit), retries: 0, timeoutMs: 3_000 });

process.on('message', async ({ calls, then }) => {
	const call = () => client.request({ method: 'GET', path: '/people', operation: 'read people', reply }).then(
		() => 'answered',
		(error) => error.message,
	);
	const outcomes = await Promise.all(Array.from({ length: calls }, call));
	process.send(outcomes);
	if (then === 'end') {
		await disconnectLimiters();
		process.disconnect();
	}
});
process.send('ready');
