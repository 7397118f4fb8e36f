import { existsSync, readFileSync, rmSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

/** Ends the PostgreSQL server of this run, if there is one, and waits until it is gone. */
export default async function teardown() {
	const folder = process.env.CUSTOMER360_TEST_POSTGRES_FOLDER;
	const started = `${folder}.pid`;
	if (!existsSync(started)) return;
	const pid = Number(readFileSync(started, 'utf8'));
	const deadline = Date.now() + 10_000;
	for (let signal = 'SIGTERM'; sent(pid, signal) && Date.now() < deadline; signal = 0) await wait(50);
	for (const file of [started, `${folder}.url`, `${folder}.lock`]) rmSync(file, { recursive: true, force: true });
}

function sent(pid, signal) {
	try {
		process.kill(pid, signal);
		return true;
	} catch {
		return false;
	}
}
