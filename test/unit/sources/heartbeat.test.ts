import { setTimeout as wait } from 'node:timers/promises';
import { Heartbeat } from '../../../lib';

const PACE = 20;

test('says nothing before the first beat, and then ends when beats stay away', async () => {
	const heart = new Heartbeat(PACE);
	await wait(10 * PACE);
	expect(heart.hasEnded()).toBe(false);
	heart.beat();
	expect(heart.hasEnded()).toBe(false);
	while (!heart.hasEnded()) await wait(PACE);
	heart.beat();
	expect(heart.hasEnded()).toBe(false);
	while (!heart.hasEnded()) await wait(PACE);
});

test('a process that stands still does not take that for an end', async () => {
	const heart = new Heartbeat(PACE);
	heart.beat();
	for (const end = performance.now() + 10 * PACE; performance.now() < end; );
	await wait(1);
	expect(heart.hasEnded()).toBe(false);
});
