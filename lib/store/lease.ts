import { randomUUID } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import { threadId } from 'node:worker_threads';
import type { IdentityStore, StoreReader } from './interface';

/** A run that doesn't renew its lease for so long is taken for dead. Milliseconds. */
const LEASE_MS = 120_000;
/** So much longer than a lease lasts one that is held can seem to last, as machines' clocks differ a little; beyond that, the clock that it was taken by was wrong. Milliseconds. */
const CLOCKS_DIFFER_MS = 120_000;
/** One call to a vendor can take longer than a lease lasts, so it is renewed by the clock. Milliseconds. */
const RENEW_EVERY_MS = 30_000;
/** How often a run that waits for another one looks whether it has ended. Milliseconds. */
const LOOK_AGAIN_MS = 500;

interface Lease {
	host: string;
	/** Tells apart what shares a host name and not its process numbers, e.g. containers; absent where that cannot be told. */
	space?: string;
	pid: number;
	/** Within the process; each knows its own runs. */
	thread?: number;
	run: string;
	until: number;
}

/** Runs that this thread is at, also those of another copy of this module in it. */
const RUNNING = Symbol.for('n8n-nodes-customer360.running-leases');
function running(): Set<string> {
	const registry = globalThis as { [name: symbol]: Set<string> | undefined };
	return (registry[RUNNING] ??= new Set());
}

/** A lease as its run names it. */
export interface HeldLease {
	scope: string;
	run: string;
}

/** Another run has taken over, because this one stood still for too long. */
export class LeaseLostError extends Error {
	override readonly name = 'LeaseLostError';

	constructor() {
		super(
			'This run stood still for more than two minutes, and another one has taken over its work. ' +
				'Nothing is lost: the other run goes on from what was saved.',
		);
	}
}

/**
 * Does something (write to a destination, pull from a source) as its sole doer, so that two executions at once don't do it twice.
 * Undefined when another run is at it: then `work` is not called. A run whose process was killed on this machine is noticed at once
 * (unless its process number is in use again), and so is one of this process that could not give its lease back, or does not know that it had got it;
 * one on another machine or in another container after two minutes.
 * @param patienceMs how long to wait for the other run to end; 0 when left out
 * @param work gets a function that renews the lease, to be called before each step that must not be done twice; it throws LeaseLostError;
 * and the lease, for {@link refuseLost}
 */
export async function withLease<T>(
	store: IdentityStore,
	scope: string,
	now: () => number,
	work: (renew: () => Promise<void>, lease: HeldLease) => Promise<T>,
	patienceMs = 0,
): Promise<{ result: T } | undefined> {
	const run = randomUUID();
	running().add(run);
	try {
		return await asRun(store, scope, run, now, work, patienceMs);
	} finally {
		running().delete(run);
	}
}

async function asRun<T>(
	store: IdentityStore,
	scope: string,
	run: string,
	now: () => number,
	work: (renew: () => Promise<void>, lease: HeldLease) => Promise<T>,
	patienceMs: number,
): Promise<{ result: T } | undefined> {
	const until = now() + patienceMs;
	while (!(await takeLease(store, scope, run, now()))) {
		if (now() >= until) return undefined;
		await setTimeout(LOOK_AGAIN_MS);
	}
	let lost = false;
	const renew = async () => {
		lost ||= !(await renewLease(store, scope, run, now()));
		if (lost) throw new LeaseLostError();
	};
	try {
		return { result: await whileRenewing(renew, () => work(renew, { scope, run })) };
	} finally {
		// One that cannot be given back runs out by itself; the outcome of the work counts more.
		await releaseLease(store, scope, run, now()).catch(() => undefined);
	}
}

/**
 * Renews a lease by the clock while something takes long. A beat that fails is no reason to stop the work:
 * whoever renews next hears of it.
 */
async function whileRenewing<T>(renew: () => Promise<unknown>, work: () => Promise<T>): Promise<T> {
	const beat = setInterval(() => void renew().catch(() => undefined), RENEW_EVERY_MS);
	beat.unref();
	try {
		return await work();
	} finally {
		clearInterval(beat);
	}
}

/**
 * For the transaction that keeps what the run has done: however long it had to wait for its turn, nothing is kept once another run has taken over.
 * @throws LeaseLostError
 */
export async function refuseLost(tx: StoreReader, { scope, run }: HeldLease): Promise<void> {
	const held = (await tx.cursors.get(scope)) as Lease | null | undefined;
	if (held?.run !== run) throw new LeaseLostError();
}

/** Takes, or renews, the lease for this run. False when another run has it. */
async function takeLease(store: IdentityStore, scope: string, run: string, now: number): Promise<boolean> {
	return store.write(async (tx) => {
		const held = (await tx.cursors.get(scope)) as Lease | null | undefined;
		if (held && held.run !== run && isRunning(held, now) && !isDead(held)) return false;
		const lease: Lease = { host: hostname(), space: processSpace(), pid: process.pid, thread: threadId, run, until: now + LEASE_MS };
		await tx.cursors.set(scope, lease, new Date(now).toISOString());
		return true;
	});
}

/** False when the run has lost it, also when nobody has it now: another run may have been there in between. */
async function renewLease(store: IdentityStore, scope: string, run: string, now: number): Promise<boolean> {
	return store.write(async (tx) => {
		const held = (await tx.cursors.get(scope)) as Lease | null | undefined;
		if (held?.run !== run) return false;
		await tx.cursors.set(scope, { ...held, until: now + LEASE_MS } satisfies Lease, new Date(now).toISOString());
		return true;
	});
}

async function releaseLease(store: IdentityStore, scope: string, run: string, now: number): Promise<void> {
	await store.write(async (tx) => {
		const held = (await tx.cursors.get(scope)) as Lease | null | undefined;
		if (held?.run === run) await tx.cursors.set(scope, null, new Date(now).toISOString());
	});
}

/** One that was taken before the clock was put back would last until the clock has caught up. A run that is at work has renewed it by the new time since. */
function isRunning({ until }: Lease, now: number): boolean {
	return until > now && until <= now + LEASE_MS + CLOCKS_DIFFER_MS;
}

function isDead(lease: Lease): boolean {
	if (lease.host !== hostname() || (lease.space ?? processSpace()) !== processSpace()) return false;
	if (lease.pid === process.pid) return lease.thread === threadId && !running().has(lease.run);
	try {
		process.kill(lease.pid, 0);
		return false;
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'ESRCH';
	}
}

/** The start of this machine and, within it, the container: process numbers mean the same only there. Linux alone tells it. */
function processSpace(): string | undefined {
	try {
		return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${readlinkSync('/proc/self/ns/pid')}`;
	} catch {
		return undefined;
	}
}
