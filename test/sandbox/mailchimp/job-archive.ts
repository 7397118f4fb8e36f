import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { JobState } from './state';

const BLOCK = 512;

/** The answers of a job as the vendor packs them: a gzipped tar with a folder and JSON files of answers. */
export function packAnswers(job: JobState): Buffer {
	const half = Math.ceil(job.answers.length / 2);
	const files: [string, Buffer][] = [job.answers.slice(0, half), job.answers.slice(half)].map((answers, index) => [
		`${job.id}/${job.id}_${index}.json`,
		Buffer.from(JSON.stringify(answers)),
	]);
	const parts = [header(`${job.id}/`, 0, '5'), ...files.flatMap(([name, content]) => [header(name, content.length, '0'), padded(content)])];
	return gzipSync(Buffer.concat([...parts, Buffer.alloc(2 * BLOCK)]));
}

function header(name: string, size: number, type: string): Buffer {
	const block = Buffer.alloc(BLOCK);
	block.write(name, 0, 100);
	block.write('0000644\0', 100);
	block.write(`${size.toString(8).padStart(11, '0')}\0`, 124);
	block.write(`${(0).toString(8).padStart(11, '0')}\0`, 136);
	block.write(type, 156);
	block.write('ustar\x0000', 257);
	block.fill(' ', 148, 156);
	const sum = block.reduce((total, byte) => total + byte, 0);
	block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
	return block;
}

function padded(content: Buffer): Buffer {
	return Buffer.concat([content, Buffer.alloc((BLOCK - (content.length % BLOCK)) % BLOCK)]);
}

export interface ArchiveHost {
	url(job: JobState): string;
	/** Requests so far, and whether any of them brought credentials. */
	seen: { requests: number; credentials: boolean };
	/** The next requests are answered with this status. */
	failWith: { status: number; times: number };
	close(): Promise<void>;
}

/** The storage host behind `response_body_url`: another host than the API's, with a signature in the address. */
export async function startArchiveHost(jobs: ReadonlyMap<string, JobState>): Promise<ArchiveHost> {
	const seen = { requests: 0, credentials: false };
	const failing = { failWith: { status: 503, times: 0 } };
	const server = createServer((request, response) => {
		seen.requests += 1;
		seen.credentials ||= request.headers.authorization !== undefined;
		const url = new URL(request.url ?? '/', 'http://127.0.0.1');
		const job = jobs.get(url.pathname.slice(1).replace(/-response\.tar\.gz$/, ''));
		if (failing.failWith.times > 0) {
			failing.failWith.times -= 1;
			response.writeHead(failing.failWith.status).end();
		} else if (!job?.archive || url.searchParams.get('Signature') !== signature(job)) {
			response.writeHead(403, { 'content-type': 'application/xml' }).end('<Error><Code>AccessDenied</Code></Error>');
		} else {
			response.writeHead(200, { 'content-type': 'application/x-gzip' }).end(job.archive);
		}
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return Object.assign(failing, {
		url: (job: JobState) => `http://127.0.0.1:${port}/${job.id}-response.tar.gz?Signature=${signature(job)}`,
		seen,
		close: () =>
			new Promise<void>((resolve, reject) => {
				server.closeAllConnections();
				server.close((error) => (error ? reject(error) : resolve()));
			}),
	});
}

function signature(job: JobState): string {
	return Buffer.from(`signed ${job.id}`).toString('hex');
}
