import { closeSync, mkdirSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/** Runs the work while no other process builds the same checkout: two builds at once would each remove what the other has written. */
export async function inTurn(root, work) {
	const lock = join(root, '.cache', 'build-lock');
	mkdirSync(dirname(lock), { recursive: true });
	while (!take(lock)) await wait(50);
	try {
		return await work();
	} finally {
		rmSync(lock, { force: true });
	}
}

function take(lock) {
	try {
		const file = openSync(lock, 'wx');
		writeSync(file, String(process.pid));
		closeSync(file);
		return true;
	} catch (error) {
		if (error.code !== 'EEXIST') throw error;
		if (isLeftOver(lock)) rmSync(lock, { force: true });
		return false;
	}
}

/** Its process was killed. */
function isLeftOver(lock) {
	try {
		const pid = Number(readFileSync(lock, 'utf8'));
		// Killed before it had written its number.
		if (pid === 0) return Date.now() - statSync(lock).mtimeMs > 10_000;
		process.kill(pid, 0);
		return false;
	} catch (error) {
		return error.code === 'ESRCH';
	}
}
