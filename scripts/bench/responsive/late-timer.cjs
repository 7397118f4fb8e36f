'use strict';
/**
 * Loaded into n8n with NODE_OPTIONS=--require: a timer of 5 ms on the main thread that writes how late it was, one line of JSON a second:
 * when the second ended (milliseconds since 1970), the lateness of each tick in milliseconds, and how long the thread was on the processor
 * between two ticks, which other programs on the machine don't make longer. LATE_TIMER_FILE names the file.
 */
const { createWriteStream } = require('node:fs');
const { isMainThread } = require('node:worker_threads');

const EVERY_MS = 5;
const file = process.env.LATE_TIMER_FILE;
if (file && isMainThread && process.argv.includes('start')) {
	const out = createWriteStream(file, { flags: 'a' });
	let late = [];
	let busy = [];
	let spent = process.threadCpuUsage();
	let written = Date.now();
	let due = 0;
	const tick = () => {
		const now = performance.now();
		late.push(Math.max(0, Math.round((now - due) * 100) / 100));
		const used = process.threadCpuUsage(spent);
		busy.push(Math.round((used.user + used.system) / 10) / 100);
		if (Date.now() - written >= 1000) {
			written = Date.now();
			out.write(JSON.stringify({ at: written, late, busy }) + '\n');
			late = [];
			busy = [];
		}
		spent = process.threadCpuUsage();
		due = performance.now() + EVERY_MS;
		setTimeout(tick, EVERY_MS).unref();
	};
	due = performance.now() + EVERY_MS;
	setTimeout(tick, EVERY_MS).unref();
}
