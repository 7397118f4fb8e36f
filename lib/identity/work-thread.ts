import { Worker } from 'node:worker_threads';
// From its own file: the program of the threads would carry both databases otherwise.
import { StoreError } from '../store/errors';

/** A question with its number. */
export type Asked<Question> = Question & { id: number };
/** What was thrown; with the code of a StoreError, which cloning would lose. */
export interface Fault {
	message: string;
	code?: StoreError['code'];
}
/** What was found, or what was thrown. */
export type Answered<Answer> = (Answer & { id: number; fault?: undefined }) | { id: number; fault: Fault };

export interface WorkThreadOptions {
	/** What the thread does, for messages: `A thread that ... ended before its work was done`. */
	does: string;
	/** Given to the program as it starts. */
	data?: unknown;
}

interface Waiting<Answer> {
	resolve: (answer: Answer) => void;
	reject: (error: Error) => void;
}

/** A thread that answers questions, one after the other. */
export class WorkThread<Question extends object, Answer extends object> {
	private readonly worker: Worker;
	private readonly waiting = new Map<number, Waiting<Answer>>();
	private lastId = 0;
	private end: Error | undefined;

	/** @param program a file; it answers every {@link Asked} by an {@link Answered} */
	constructor(
		program: string,
		private readonly options: WorkThreadOptions,
	) {
		// It holds a few questions at a time; without a limit its garbage would be left lying.
		this.worker = new Worker(program, { workerData: options.data, resourceLimits: { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 32 } });
		this.worker.on('message', (answer: Answered<Answer>) => this.settle(answer));
		this.worker.on('error', (error: unknown) => this.endWith(error instanceof Error ? error.message : String(error)));
		this.worker.on('exit', (code) => this.endWith(`exit code ${code}`));
	}

	/** Questions that have no answer yet. */
	get load(): number {
		return this.waiting.size;
	}

	/** @throws StoreError, or Error with its message, what the program throws; Error when the thread ended before its answer */
	ask(question: Question): Promise<Answer> {
		return new Promise((resolve, reject) => {
			if (this.end) return reject(this.end);
			this.lastId += 1;
			this.waiting.set(this.lastId, { resolve, reject });
			this.worker.postMessage({ ...question, id: this.lastId } satisfies Asked<Question>);
		});
	}

	/** What has not ended by then never will. */
	async close(): Promise<void> {
		await this.worker.terminate();
	}

	private settle(answer: Answered<Answer>): void {
		const waiting = this.waiting.get(answer.id);
		this.waiting.delete(answer.id);
		if (answer.fault !== undefined) waiting?.reject(errorOf(answer.fault));
		else waiting?.resolve(answer);
	}

	private endWith(why: string): void {
		this.end ??= new Error(`A thread that ${this.options.does} ended before its work was done (${why}). With one thread the work goes on without it.`);
		for (const { reject } of this.waiting.values()) reject(this.end);
		this.waiting.clear();
	}
}

/** The one that has least to do. */
export function idlest<Thread extends { load: number }>(threads: readonly Thread[]): Thread | undefined {
	return threads.reduce<Thread | undefined>((least, thread) => (least === undefined || thread.load < least.load ? thread : least), undefined);
}

/** What is thrown, in a form that can go to another thread. */
export function faultOf(error: unknown): Fault {
	if (error instanceof StoreError) return { message: error.message, code: error.code };
	return { message: error instanceof Error ? error.message : String(error) };
}

function errorOf({ message, code }: Fault): Error {
	return code === undefined ? new Error(message) : new StoreError(code, message);
}
