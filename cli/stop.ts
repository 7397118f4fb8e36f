import { say, type Terminal } from './terminal';

/** A person ended the command before its work was done; what it had done by then stands. Ends the program with the code of the signal. */
export class Stopped extends Error {
	constructor(
		/** As a shell gives it: 128 and the number of the signal. */
		readonly exitCode: number,
		message: string,
	) {
		super(message);
		this.name = 'Stopped';
	}
}

/** Turns a signal into the end of the command, and says so at once: of the batch that is running, so that what it wrote is whole, and where there are none, of all. */
export class Stop {
	private code: number | undefined;
	private batches = false;
	private inWords = 'Stopped.';

	constructor(private readonly terminal: Terminal) {}

	/** For `Unfinished`: a signal outside of batches, and a second one, end the program at once. */
	readonly onSignal = (code: number): void => {
		if (this.code !== undefined) process.exit(code);
		// What progress shows of a step stands in a line of its own.
		if (this.terminal.stderr.isTTY === true) this.terminal.stderr.write('\r\u001b[K');
		if (!this.batches) {
			say(this.terminal, this.inWords);
			process.exit(code);
		}
		this.code = code;
		say(this.terminal, 'Stopping when the step under way has ended; Ctrl-C again ends it at once.');
	};

	/** What is said of a signal from now on that comes outside of batches. */
	outside(inWords: string): void {
		this.inWords = inWords;
	}

	/** From now on every batch that was begun is ended. */
	begin(): void {
		this.batches = true;
	}

	/** To be called between two batches. @throws Stopped when a signal came */
	check(inWords: () => string): void {
		if (this.code !== undefined) throw new Stopped(this.code, inWords());
	}
}
