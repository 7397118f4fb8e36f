import { hostname } from 'node:os';
import type { IdentityStore } from './interface';

/** A run that doesn't renew its lease for so long is taken for dead. Milliseconds. */
const LEASE_MS = 120_000;

interface Lease {
	host: string;
	pid: number;
	run: string;
	until: number;
}

/**
 * Takes, or renews, the sole right to do something (write to a destination, pull from a source), so that two executions at once
 * don't do it twice. False when another run has it. A run whose process was killed on this machine is noticed at once,
 * one on another machine after two minutes.
 * @param run names this run; the same name renews
 */
export async function takeLease(store: IdentityStore, scope: string, run: string, now: number): Promise<boolean> {
	return store.write(async (tx) => {
		const held = (await tx.cursors.get(scope)) as Lease | null | undefined;
		if (held && held.run !== run && held.until > now && !isDead(held)) return false;
		const lease: Lease = { host: hostname(), pid: process.pid, run, until: now + LEASE_MS };
		await tx.cursors.set(scope, lease, new Date(now).toISOString());
		return true;
	});
}

export async function releaseLease(store: IdentityStore, scope: string, run: string, now: number): Promise<void> {
	await store.write(async (tx) => {
		const held = (await tx.cursors.get(scope)) as Lease | null | undefined;
		if (held?.run === run) await tx.cursors.set(scope, null, new Date(now).toISOString());
	});
}

function isDead(lease: Lease): boolean {
	if (lease.host !== hostname() || lease.pid === process.pid) return false;
	try {
		process.kill(lease.pid, 0);
		return false;
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'ESRCH';
	}
}
