import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

/** One request as a route sees it. */
export interface VendorRequest {
	method: string;
	path: string;
	params: string[];
	query: URLSearchParams;
	headers: IncomingMessage['headers'];
	/** Parsed JSON; undefined when there is no body or it is form-encoded. */
	json: unknown;
	form: URLSearchParams | undefined;
	rawBody: string;
}

export interface VendorReply {
	status?: number;
	headers?: Record<string, string>;
	/** An object is sent as JSON, a string as it is. */
	body?: unknown;
}

export interface Route {
	method: string;
	/** Matched against the whole path; its groups become `params`. */
	pattern: RegExp;
	/** In words, for the count of calls; `write` counts as a write in the demo. */
	name: string;
	write?: boolean;
	handle(request: VendorRequest): VendorReply | Promise<VendorReply>;
}

/** A failure that is told to happen. Without `route`, any request is hit. */
export interface Fault {
	route?: string;
	times: number;
	/** So many requests are answered well before; none when left out. */
	behind?: number;
	/** `hang` never answers; `reset` breaks the connection; `after` lets the request take effect and then answers with the fault. */
	kind: 'status' | 'hang' | 'reset' | 'garbage';
	after?: boolean;
	status?: number;
	headers?: Record<string, string>;
	body?: unknown;
}

export interface VendorDescription {
	name: string;
	routes: Route[];
	/** Returns the vendor's refusal when a request has no valid credentials, nothing when it has. */
	authorize(request: VendorRequest): VendorReply | undefined;
	/** Called for each request before its route; the vendor's rate limit answers here. */
	limit?(request: VendorRequest): VendorReply | undefined;
	notFound(request: VendorRequest): VendorReply;
}

export interface VendorServer {
	readonly url: string;
	/** Requests answered by the vendor's code so far, by route name; faults count too. */
	calls(): Record<string, number>;
	/** Requests to routes that write. */
	writes(): number;
	/** Requests that were refused because there were too many (429), since the server started; told faults don't count. */
	refusals(): number;
	resetCalls(): void;
	fail(fault: Fault): void;
	/** From now on each answer takes so much longer. Milliseconds. */
	slowDown(ms: number): void;
	close(): Promise<void>;
}

/** Runs a vendor's look-alike as a real HTTP server on 127.0.0.1. */
export async function startVendorServer(vendor: VendorDescription, port = 0): Promise<VendorServer> {
	const answers = new Answers(vendor);
	const server: Server = createServer((incoming, response) => {
		readRequest(incoming)
			.then((request) => answers.to(request, response))
			.catch((error: unknown) => send(response, { status: 500, body: { message: `look-alike failed: ${String(error)}` } }));
	});
	await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
	const { port: bound } = server.address() as AddressInfo;

	return {
		url: `http://127.0.0.1:${bound}`,
		calls: () => Object.fromEntries(answers.counts),
		writes: () => answers.writes,
		refusals: () => answers.refusals,
		resetCalls: () => {
			answers.counts.clear();
			answers.writes = 0;
		},
		fail: (fault) => answers.fail(fault),
		slowDown: (ms) => {
			answers.pauseMs = ms;
		},
		close: () =>
			new Promise((resolve, reject) => {
				server.closeAllConnections();
				server.close((error) => (error ? reject(error) : resolve()));
			}),
	};
}

/** What the look-alike answers, with the faults that it was told to make, and what it counts meanwhile. */
class Answers {
	readonly counts = new Map<string, number>();
	writes = 0;
	refusals = 0;
	pauseMs = 0;
	private faults: Fault[] = [];

	constructor(private readonly vendor: VendorDescription) {}

	fail(fault: Fault): void {
		this.faults.push({ ...fault });
	}

	async to(request: VendorRequest, response: ServerResponse): Promise<void> {
		const { vendor } = this;
		const route = vendor.routes.find((candidate) => candidate.method === request.method && candidate.pattern.test(request.path));
		const name = route?.name ?? 'unknown route';
		this.counts.set(name, (this.counts.get(name) ?? 0) + 1);
		if (this.pauseMs > 0) await wait(this.pauseMs);
		const fault = this.nextFault(name);
		if (fault && !fault.after) return failWith(fault, response);
		const refusal = vendor.authorize(request) ?? vendor.limit?.(request);
		if (refusal) return this.send(response, refusal);
		if (!route) return send(response, vendor.notFound(request));
		if (route.write) this.writes += 1;
		request.params = route.pattern.exec(request.path)?.slice(1) ?? [];
		const reply = await route.handle(request);
		if (fault) return failWith(fault, response);
		this.send(response, reply);
	}

	/** The fault that this call has to show, if there is one. */
	private nextFault(name: string): Fault | undefined {
		const told = this.faults.find((candidate) => candidate.times > 0 && (candidate.route === undefined || candidate.route === name));
		const fault = told?.behind ? undefined : told;
		if (told?.behind) told.behind -= 1;
		if (fault) fault.times -= 1;
		this.faults = this.faults.filter((candidate) => candidate.times > 0);
		return fault;
	}

	private send(response: ServerResponse, reply: VendorReply): void {
		if (reply.status === 429) this.refusals += 1;
		send(response, reply);
	}
}

function failWith(fault: Fault, response: ServerResponse): void {
	if (fault.kind === 'hang') return;
	if (fault.kind === 'reset') {
		response.destroy();
		return;
	}
	if (fault.kind === 'garbage') return send(response, { status: 200, headers: { 'content-type': 'text/html' }, body: '<html>gateway' });
	send(response, { status: fault.status ?? 500, headers: fault.headers, body: fault.body ?? {} });
}

async function readRequest(incoming: IncomingMessage): Promise<VendorRequest> {
	const chunks: Buffer[] = [];
	for await (const chunk of incoming) chunks.push(chunk as Buffer);
	const rawBody = Buffer.concat(chunks).toString('utf8');
	const url = new URL(incoming.url ?? '/', 'http://127.0.0.1');
	const type = incoming.headers['content-type'] ?? '';
	return {
		method: incoming.method ?? 'GET',
		path: url.pathname,
		params: [],
		query: url.searchParams,
		headers: incoming.headers,
		json: rawBody && type.includes('json') ? (JSON.parse(rawBody) as unknown) : undefined,
		form: type.includes('x-www-form-urlencoded') ? new URLSearchParams(rawBody) : undefined,
		rawBody,
	};
}

function send(response: ServerResponse, reply: VendorReply): void {
	const text = typeof reply.body === 'string' ? reply.body : reply.body === undefined ? '' : JSON.stringify(reply.body);
	response.writeHead(reply.status ?? 200, { 'content-type': 'application/json', ...reply.headers });
	response.end(text);
}
