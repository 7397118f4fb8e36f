import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { StepTimes } from '../step-times';
import { idlest, WorkThread } from '../work-thread';
import type { FoundByThread, RangeToThread, SharedJudging } from './judge.worker';
import { type FoundPair, judgeRange, type Judging } from './judge-range';

/** Judges pairs, here or in threads of its own. */
export interface Judges {
	/** Threads beside the calling one; 0 when the calling one does the work. */
	readonly threads: number;
	/**
	 * As {@link judgeRange}. Ranges that are handed in before others have ended are worked on at the same time.
	 * @throws Error what judging throws; and when the thread ended before its answer
	 */
	judge(from: number, until: number): Promise<FoundPair[]>;
	/** Ends the threads. What has not ended by then never will. */
	close(): Promise<void>;
}

/** Ranges of a thread: one that it works on, and some that wait, so that it is not idle while this thread is busy with something else. */
export const RANGES_AHEAD = 4;

/** Stands beside the built library. */
const PROGRAM = join(__dirname, 'judge.worker.js');

/** @param threads to have beside the calling one. There are none where their program was not built, as when the TypeScript is run as it is. */
export function openJudges(threads: number, judging: Judging, steps: StepTimes, program = PROGRAM): Judges {
	const here: Judges = { threads: 0, judge: async (from, until) => judgeRange(judging, from, until, steps), close: async () => undefined };
	if (threads === 0 || !existsSync(program)) return here;
	const { records, proposals, model, generic } = judging;
	const data: SharedJudging = { records: records.shared(), rows: proposals.rows, model, generic };
	const all = Array.from({ length: threads }, () => new WorkThread<RangeToThread, FoundByThread>(program, { does: 'compares records', data }));
	return {
		threads,
		judge: async (from, until) => {
			const thread = idlest(all);
			// Where all have enough to do, whoever asks is no slower by doing it than by waiting.
			if (!thread || thread.load >= RANGES_AHEAD) return here.judge(from, until);
			return JSON.parse((await thread.ask({ from, until })).pairs) as FoundPair[];
		},
		close: async () => {
			await Promise.all(all.map((thread) => thread.close()));
		},
	};
}
