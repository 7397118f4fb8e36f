import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { extract } from 'tar-stream';
import { z } from 'zod/v4';
import { download, type HttpClient } from '../../transport';

const unzip = promisify(gunzip);

/** Answers of 500 members are far below this. */
const LARGEST_DOWNLOAD = 64 * 1024 * 1024;
const LARGEST_CONTENT = 512 * 1024 * 1024;
const DOWNLOAD_TIMEOUT_MS = 60_000;

const answersSchema = z.array(z.object({ status_code: z.number().int(), operation_id: z.string().nullish(), response: z.string() }));

export interface JobAnswer {
	status: number;
	/** Parsed; text that is no JSON stays text. */
	body: unknown;
}

/**
 * Fetches a finished job's answers, by operation ID: a gzipped tar of JSON files, each an array of
 * `{ status_code, operation_id, response }`. It lies on a storage host under a signed address that is good for ten minutes;
 * no credentials are sent there. Undefined when it cannot be fetched or read.
 * https://mailchimp.com/developer/marketing/guides/run-async-requests-batch-endpoint/#get-the-results-of-a-batch-operation
 */
export async function readArchive(client: HttpClient, address: string): Promise<Map<string, JobAnswer> | undefined> {
	if (!isAllowed(client, address)) return undefined;
	try {
		const packed = await download(address, { bytes: LARGEST_DOWNLOAD, timeoutMs: DOWNLOAD_TIMEOUT_MS });
		const answers = new Map<string, JobAnswer>();
		for (const file of await tarFiles(await unzip(packed, { maxOutputLength: LARGEST_CONTENT }))) {
			if (!file.name.endsWith('.json')) continue;
			for (const answer of answersSchema.parse(JSON.parse(file.content.toString('utf8')))) {
				if (answer.operation_id) answers.set(answer.operation_id, { status: answer.status_code, body: parsed(answer.response) });
			}
		}
		return answers;
	} catch {
		// Whatever is wrong with the archive, the caller can do without it.
		return undefined;
	}
}

/** Unencrypted only where the API itself is reached so, as behind a proxy on this machine. */
function isAllowed(client: HttpClient, address: string): boolean {
	if (!URL.canParse(address)) return false;
	const { protocol } = new URL(address);
	return protocol === 'https:' || (protocol === 'http:' && client.baseUrl.startsWith('http:'));
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return text;
	}
}

/** @throws Error when the archive is cut off or is none. */
export async function tarFiles(archive: Buffer): Promise<{ name: string; content: Buffer }[]> {
	const files: { name: string; content: Buffer }[] = [];
	const unpack = extract();
	unpack.on('entry', ({ name, type }, stream, next) => {
		buffer(stream).then((content) => {
			if (type === 'file') files.push({ name, content });
			next();
		}, next);
	});
	await pipeline(Readable.from([archive]), unpack);
	return files;
}
