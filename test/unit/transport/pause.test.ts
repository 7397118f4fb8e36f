import { disconnectLimiters, TransientError } from '../../../lib';
import { readHubSpotError } from '../../../lib/systems/hubspot/errors';
import { readStripeError } from '../../../lib/systems/stripe/errors';
import { readZendeskError } from '../../../lib/systems/zendesk/errors';
import type { VendorReply } from '../../sandbox/vendor-server';
import { failureOf } from '../walk';
import { LocalLimiter } from '../../../lib/transport/local-limiter';
import { closeAll, connect, get, startVendor, type Vendor } from './vendor';

afterEach(closeAll);

/** By so many milliseconds a pause may look shorter to the vendor than it was. */
const TOLERANCE_MS = 20;

/** For so many milliseconds after this reply no other request shall come. */
type WaitingReply = VendorReply & { waitMs?: number };

const ANN: WaitingReply = { body: { name: 'Ann' } };

/** Answers by path and notes each request; one that comes within the wait after a reply is noted as early. */
async function startWaitingVendor(answers: Record<string, () => WaitingReply | Promise<WaitingReply>>) {
	const log: string[] = [];
	let closedUntil = 0;
	const vendor = await startVendor(async ({ path }) => {
		log.push(performance.now() < closedUntil - TOLERANCE_MS ? `early ${path}` : `came ${path}`);
		const { waitMs, ...reply } = await (answers[path] ?? (() => ANN))();
		if (waitMs !== undefined) closedUntil = Math.max(closedUntil, performance.now() + waitMs);
		log.push(`${reply.status ?? 200} ${path}`);
		return reply;
	});
	return { vendor, log };
}

/** A refusal that asks for a wait, in seconds. */
const refuse = (retryAfterS: number) => ({ status: 429, headers: { 'retry-after': String(retryAfterS) }, waitMs: retryAfterS * 1000 });

/** A promise and what fulfils it. */
function gate() {
	let open = () => {};
	const opened = new Promise<void>((resolve) => (open = resolve));
	return { open, opened };
}

async function until(isSo: () => boolean): Promise<void> {
	while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 5));
}

const call = (vendor: Vendor, path: string, given: Parameters<typeof connect>[1] = {}) => connect(vendor, { retries: 0, ...given }).request(get({ path }));

test('what one call is told by 429, all calls of the account heed: none comes before Retry-After is over', async () => {
	const { vendor, log } = await startWaitingVendor({ '/told': () => refuse(1) });
	await failureOf(call(vendor, '/told'));
	await Promise.all(['/a', '/b', '/c'].map((path) => call(vendor, path)));
	expect(log.slice(0, 2)).toEqual(['came /told', '429 /told']);
	expect(log.slice(2).sort()).toEqual(['200 /a', '200 /b', '200 /c', 'came /a', 'came /b', 'came /c']);
});

test('calls that stand in line wait as well, and the one under way comes to its end', async () => {
	const held = gate();
	const { vendor, log } = await startWaitingVendor({ '/told': () => refuse(1), '/held': () => held.opened.then(() => ANN) });
	const limit = { maxConcurrent: 2, perWindow: 1000, windowMs: 250 };
	const calls = ['/held', '/told', '/a', '/b', '/c'].map((path) => call(vendor, path, { limit }).catch(() => undefined));
	await until(() => log.includes('429 /told'));
	held.open();
	await Promise.all(calls);
	expect(log.slice(0, 4)).toEqual(['came /held', 'came /told', '429 /told', '200 /held']);
	expect(log.slice(4).sort()).toEqual(['200 /a', '200 /b', '200 /c', 'came /a', 'came /b', 'came /c']);
});

test('in the window in which a pause ends no more calls start than in any other', async () => {
	const limiter = new LocalLimiter({ maxConcurrent: 5, perWindow: 5, windowMs: 2000 });
	const started: number[] = [];
	await limiter.pause(2200);
	await Promise.all(Array.from({ length: 12 }, () => limiter.schedule(() => Promise.resolve(started.push(performance.now())))));
	const first = started[0] ?? 0;
	expect(started.filter((time) => time < first + 300)).toHaveLength(5);
	await limiter.disconnect();
});

test('a call loses none of its repeats to what another was told', async () => {
	let closedUntil = 0;
	const vendor = await startVendor(() => {
		if (performance.now() < closedUntil - TOLERANCE_MS) return { status: 429, headers: { 'retry-after': '1' } };
		if (closedUntil > 0) return ANN;
		closedUntil = performance.now() + 1000;
		return { status: 429, headers: { 'retry-after': '1' } };
	});
	const client = connect(vendor, { retries: 1, limit: { maxConcurrent: 1, perWindow: 1000, windowMs: 250 } });
	await Promise.all(Array.from({ length: 5 }, () => client.request(get())));
	expect(client.calls()).toEqual({ 'read people': 6 });
});

test('calls that stood in line when a pause began have spent nothing of the window', async () => {
	// A window that outlasts the test: what is spent of it does not come back.
	const limit = { maxConcurrent: 1, perWindow: 4, windowMs: 300_000 };
	let told = false;
	const vendor = await startVendor(() => {
		if (told) return ANN;
		told = true;
		return { status: 429, headers: { 'retry-after': '1' } };
	});
	const client = connect(vendor, { retries: 1, limit });
	expect(await Promise.all(['/a', '/b', '/c'].map((path) => client.request(get({ path }))))).toHaveLength(3);
	expect(vendor.requests).toHaveLength(4);
});

test('without Retry-After the others wait as long as the back-off of the call that was refused', async () => {
	const { vendor, log } = await startWaitingVendor({ '/told': () => ({ status: 429, waitMs: 400 }) });
	await failureOf(call(vendor, '/told', { retryDelayMs: 400 }));
	await call(vendor, '/a');
	expect(log).toEqual(['came /told', '429 /told', 'came /a', '200 /a']);
});

test('a shorter pause leaves a longer one as it stands', async () => {
	const held = gate();
	const { vendor, log } = await startWaitingVendor({ '/long': () => refuse(1), '/short': () => held.opened.then(() => ({ status: 429 })) });
	const short = failureOf(call(vendor, '/short'));
	await until(() => log.includes('came /short'));
	await failureOf(call(vendor, '/long'));
	held.open();
	await short;
	await call(vendor, '/a');
	expect(log).toEqual(['came /short', 'came /long', '429 /long', '429 /short', 'came /a', '200 /a']);
});

test('another account goes on meanwhile', async () => {
	const { vendor } = await startWaitingVendor({ '/told': () => refuse(1) });
	await failureOf(call(vendor, '/told'));
	const order: string[] = [];
	const paused = call(vendor, '/a').then(() => order.push('paused'));
	await call(vendor, '/b', { limitKey: 'another' }).then(() => order.push('another'));
	await paused;
	expect(order).toEqual(['another', 'paused']);
});

describe('the others go on at once', () => {
	const BRIEF = { 'retry-after': '30' };

	test.each([
		['when nobody would wait so long', { status: 429, headers: { 'retry-after': '3600' } }, undefined],
		['when HubSpot says that the day is used up', { status: 429, headers: BRIEF, body: { policyName: 'DAILY' } }, readHubSpotError],
		['when Stripe says that one object is in use', { status: 429, headers: BRIEF, body: { error: { code: 'lock_timeout' } } }, readStripeError],
		['when Zendesk says that too many jobs are queued', { status: 429, headers: BRIEF, body: { error: 'TooManyJobs' } }, readZendeskError],
		['when the vendor is in trouble but says nothing of too many calls', { status: 503, headers: BRIEF }, undefined],
	])('%s', async (_, reply, readError) => {
		const { vendor, log } = await startWaitingVendor({ '/told': () => reply });
		expect(await failureOf(call(vendor, '/told', { readError }))).toBeInstanceOf(TransientError);
		// Were they held, this test would run out of time.
		await call(vendor, '/a');
		expect(log).toEqual(['came /told', `${reply.status} /told`, 'came /a', '200 /a']);
	}, 10_000);
});

test('a process that disconnects does not wait for the end of a pause: what waits fails, and was not sent', async () => {
	const { vendor, log } = await startWaitingVendor({ '/told': () => refuse(60) });
	await failureOf(call(vendor, '/told'));
	const waiting = ['/a', '/b'].map((path) => failureOf(call(vendor, path)));
	await new Promise((resolve) => setTimeout(resolve, 20));
	await disconnectLimiters();
	for (const failure of await Promise.all(waiting)) expect(failure).toBeInstanceOf(TransientError);
	expect(log).toEqual(['came /told', '429 /told']);
});
