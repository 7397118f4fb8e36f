import { parentPort, workerData } from 'node:worker_threads';
import type { IdentityModel } from '../../domain';
import { type Answered, type Asked, faultOf } from '../work-thread';
import { ComparedRecords, type SharedComparedRecords } from './compared-records';
import { judgeRange, type Judging } from './judge-range';
import { Proposals, type ProposingRows } from './proposals';

/** What pairs are judged by, in memory that both threads look into. */
export interface SharedJudging {
	records: SharedComparedRecords;
	rows: ProposingRows;
	model: IdentityModel;
	generic: ReadonlySet<string>;
}

/** Places of records, as of {@link judgeRange}. */
export interface RangeToThread {
	from: number;
	until: number;
}

/** Found pairs as JSON text: a text is copied from thread to thread at a fraction of what its objects would take. */
export interface FoundByThread {
	pairs: string;
}

const { records, rows, model, generic } = workerData as SharedJudging;
const judging: Judging = { records: ComparedRecords.of(records, model), proposals: new Proposals(rows), model, generic };

parentPort?.on('message', (range: Asked<RangeToThread>) => parentPort?.postMessage(answer(range)));

function answer({ id, from, until }: Asked<RangeToThread>): Answered<FoundByThread> {
	try {
		return { id, pairs: JSON.stringify(judgeRange(judging, from, until)) };
	} catch (error) {
		return { id, fault: faultOf(error) };
	}
}
