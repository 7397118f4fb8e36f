/** Runs a script; what it throws ends it with one sentence and exit code 1. */
export function runScript(main: () => Promise<void>): void {
	main().catch((error: unknown) => {
		console.error(error instanceof Error ? error.message : error);
		process.exitCode = 1;
	});
}

/** @param what the option or argument that was given. @throws Error */
export function wholeNumber(text: string, what: string): number {
	if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
	throw new Error(`${what} takes a whole number from 1 on; "${text}" is none.`);
}
