import { accessSync, closeSync, constants, createWriteStream, openSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { stringify } from 'csv-stringify';
import { CliError, fileTrouble } from '../cli-error';
import { isDatabase } from '../store-place';
import type { Unfinished } from '../unfinished';

/** Writes rows as CSV to a stream that others go on using. */
export async function writeRowsTo(stream: Writable, rows: AsyncIterable<readonly string[]>): Promise<void> {
	try {
		await pipeline(rows, stringify(), stream, { end: false });
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'EPIPE') throw error;
		throw new CliError('The program that reads the output stopped before it had all rows. Write to a file with --out to have them all.');
	}
}

/** A file that is to be written: it stands under its name only when it is whole. */
export class OutputFile {
	private readonly file: number;
	/** Undefined for a device or pipe, which is written as it is. */
	private readonly aside: string | undefined;

	/** @throws CliError at once when it can't be written, so that nobody waits for a result that can't be kept. */
	constructor(
		readonly path: string,
		private readonly unfinished: Unfinished,
	) {
		const target = resolve(path);
		const present = statSync(target, { throwIfNoEntry: false });
		if (present?.isDirectory()) throw new CliError(`${path} is a folder. Name a file in it.`);
		if (present?.isFile() && isDatabase(target)) throw new CliError(`${path} is a database, as identity stores are, and is not written over. Name another file.`);
		this.aside = present && !present.isFile() ? undefined : join(dirname(target), `.${basename(target)}.${process.pid}.unfinished`);
		try {
			if (present) accessSync(target, constants.W_OK);
			this.file = openSync(this.aside ?? target, 'w');
		} catch (error) {
			throw new CliError(`${path} cannot be written: ${dirname(target)} ${fileTrouble(error)}. Name another file.`);
		}
		if (this.aside !== undefined) unfinished.add(this.aside);
	}

	/** @throws CliError as the constructor does */
	static ifNamed(path: string | undefined, unfinished: Unfinished): OutputFile | undefined {
		return path === undefined ? undefined : new OutputFile(path, unfinished);
	}

	async writeRows(rows: AsyncIterable<readonly string[]>): Promise<void> {
		await this.inOwnWords(() => pipeline(rows, stringify(), createWriteStream('', { fd: this.file, flush: this.aside !== undefined })));
	}

	async writeText(text: string): Promise<void> {
		await this.inOwnWords(async () => {
			// A single write may take a part of the text only.
			writeFileSync(this.file, text, { flush: this.aside !== undefined });
			closeSync(this.file);
		});
	}

	private async inOwnWords(write: () => Promise<void>): Promise<void> {
		try {
			await write();
			if (this.aside === undefined) return;
			renameSync(this.aside, resolve(this.path));
			this.unfinished.forget(this.aside);
		} catch (error) {
			if ((error as NodeJS.ErrnoException).syscall === undefined) throw error;
			throw new CliError(`${this.path} could not be written: it ${fileTrouble(error)}. What stood there before is untouched.`);
		}
	}
}
