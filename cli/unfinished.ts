import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CliError, fileTrouble } from './cli-error';

/** Number that a shell adds 128 to for the exit code of a program that a signal ended. */
const SIGNALS = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 } as const;

/**
 * What exists only while a command runs: its temporary folder and files that are not whole yet.
 * All of it is removed when the command ends, also by Ctrl-C.
 */
export class Unfinished {
	private readonly paths = new Set<string>();
	private readonly onExit = () => this.remove();
	private readonly onSignal = new Map<NodeJS.Signals, () => void>();

	/** @param stopped told of a signal, with the exit code that it asks for; ends the program when left out */
	constructor(stopped: (code: number) => void = (code) => process.exit(code)) {
		process.on('exit', this.onExit);
		for (const [signal, number] of Object.entries(SIGNALS) as [NodeJS.Signals, number][]) {
			const stop = () => stopped(128 + number);
			this.onSignal.set(signal, stop);
			process.on(signal, stop);
		}
	}

	/** A new folder that only this user can read. @throws CliError */
	folder(): string {
		try {
			return this.add(mkdtempSync(join(tmpdir(), 'customer360-')));
		} catch (error) {
			throw new CliError(`The folder for temporary files, ${tmpdir()}, cannot be written: it ${fileTrouble(error)}. Name another one in the environment variable TMPDIR.`);
		}
	}

	add(path: string): string {
		this.paths.add(path);
		return path;
	}

	/** The file is whole, or gone, and no longer ours to remove. */
	forget(path: string): void {
		this.paths.delete(path);
	}

	/** Removes everything and lets go of the process's signals. */
	end(): void {
		process.off('exit', this.onExit);
		for (const [signal, stop] of this.onSignal) process.off(signal, stop);
		this.remove();
	}

	private remove(): void {
		for (const path of this.paths) rmSync(path, { recursive: true, force: true });
		this.paths.clear();
	}
}
