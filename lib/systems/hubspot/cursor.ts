import { z } from 'zod/v4';
import { TerminalError } from '../../transport';
import type { PullOptions } from '../definition';
import { HUBSPOT } from './name';

/**
 * The round through the archived records, one page a pull.
 * `archivedAfter` is the next page (null: from the start), `archivedSince` the time of the last full round, `roundStartedAt` that of this one.
 */
const roundFields = {
	archivedAfter: z.string().nullable(),
	archivedSince: z.string(),
	roundStartedAt: z.string(),
};

/** First run: the list endpoint's own cursor. All times are HubSpot's. */
const listSchema = z.object({ step: z.literal('list'), after: z.string().nullable(), startedAt: z.string().nullable() });
/** In the middle of an incremental pull: changed at `from` (milliseconds) or later; with `tie`, changed exactly then and with a higher ID. */
const changesSchema = z.object({
	step: z.literal('changes'),
	from: z.number(),
	tie: z.string().nullable(),
	startedAt: z.string().nullable(),
	...roundFields,
});
/** All changes read, archived records not looked at yet. */
const archivedSchema = z.object({ step: z.literal('archived'), startedAt: z.string(), ...roundFields });
/** Caught up with everything that was changed before `time`. */
const caughtUpSchema = z.object({ step: z.literal('caught_up'), time: z.string(), ...roundFields });

const cursorSchema = z.discriminatedUnion('step', [listSchema, changesSchema, archivedSchema, caughtUpSchema]);
export type ChangesPosition = z.infer<typeof changesSchema>;
export type ArchivedPosition = z.infer<typeof archivedSchema>;
export type Position = z.infer<typeof cursorSchema>;

/**
 * Where a pull begins. The overlap is applied only when the last pull had come to its end: a pull that was stopped goes on where it
 * stopped, however much changed at one moment.
 * @throws TerminalError when the saved cursor or `since` cannot be read.
 */
export function startPosition(options: PullOptions, operation: string): Position {
	if (options.cursor === null) {
		if (options.since === undefined) return { step: 'list', after: null, startedAt: null };
		const since = Date.parse(options.since);
		if (Number.isNaN(since)) {
			throw new TerminalError('the start date cannot be read', {
				system: HUBSPOT,
				operation,
				field: 'since',
				remedy: 'Give it as ISO 8601, for example 2024-01-31',
			});
		}
		const time = new Date(since).toISOString();
		return { step: 'changes', from: since, tie: null, startedAt: null, archivedAfter: null, archivedSince: time, roundStartedAt: time };
	}
	const parsed = cursorSchema.safeParse(options.cursor);
	if (!parsed.success) {
		throw new TerminalError('the saved position of this source cannot be read', {
			system: HUBSPOT,
			operation,
			field: 'cursor',
			remedy: 'Reset the source; it then reads everything once again, which changes nothing that is already known',
		});
	}
	if (parsed.data.step !== 'caught_up') return parsed.data;
	const { time, archivedAfter, archivedSince, roundStartedAt } = parsed.data;
	const from = Math.max(0, Date.parse(time) - options.overlapMs);
	return { step: 'changes', from, tie: null, startedAt: null, archivedAfter, archivedSince, roundStartedAt };
}
