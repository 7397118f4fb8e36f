import type { Cron, IPollFunctions } from 'n8n-workflow';
import { Heartbeat } from '../lib';

const BEAT_MS = 5000;
const BEAT: Cron = { expression: '*/5 * * * * *' };

/** n8n's own answer, which its types leave out: whether it took the call. A main process that is not the leader takes none. */
interface Clock {
	registerCron(cron: Cron, onTick: () => void): unknown;
}

const heartbeats = new WeakMap<IPollFunctions, Heartbeat>();

/**
 * The time from the publishing of a workflow until it is unpublished, or published in another version. n8n hands the same functions to every poll of it.
 *
 * n8n tells a polling node nothing of its end: its context goes on saying `active`, and only other triggers have a `closeFunction`. But it ends all calls by
 * the clock that the node has asked for, and by their absence the end is known some 15 s later.
 */
export interface Activation {
	/** Its first poll. What went before it may still be at work. */
	isNew: boolean;
	/** False as well where n8n does not tell. */
	isOver(): boolean;
}

/** Before anything is waited for: a workflow that was unpublished meanwhile would be called by the clock for ever. */
export function activationOf(context: IPollFunctions): Activation {
	const known = heartbeats.get(context);
	// With n8n's durable scheduler each poll has functions of its own.
	if (known || isScheduledElsewhere()) return { isNew: false, isOver: () => known?.hasEnded() ?? false };
	const heartbeat = new Heartbeat(BEAT_MS);
	heartbeats.set(context, heartbeat);
	const clock: Clock = context.helpers;
	const isTaken = clock.registerCron(BEAT, () => heartbeat.beat()) === true;
	if (isTaken) heartbeat.beat();
	return { isNew: isTaken, isOver: () => heartbeat.hasEnded() };
}

function isScheduledElsewhere(): boolean {
	return /^(true|1)$/i.test(process.env.N8N_SCHEDULER_POLL_TRIGGERS_ENABLED ?? '');
}
