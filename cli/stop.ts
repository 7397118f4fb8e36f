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

/** Turns a signal into the end of the batch that is running: what it wrote is whole. */
export class Stop {
	private code: number | undefined;
	private batches = false;

	/** For `Unfinished`: a signal outside of batches, and a second one, end the program at once. */
	readonly onSignal = (code: number): void => {
		if (!this.batches || this.code !== undefined) process.exit(code);
		this.code = code;
	};

	/** From now on every batch that was begun is ended. */
	begin(): void {
		this.batches = true;
	}

	/** To be called between two batches. @throws Stopped when a signal came */
	check(inWords: () => string): void {
		if (this.code !== undefined) throw new Stopped(this.code, inWords());
	}
}
