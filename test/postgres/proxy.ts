import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { changedUrl } from './server';

/** As a client says it without parameters: a query message, https://www.postgresql.org/docs/current/protocol-message-formats.html */
const COMMIT = Buffer.from('Q\0\0\0\x0bCOMMIT\0', 'latin1');

/** Whether the server still gets the COMMIT behind which the client's connection is lost. */
export type Cut = 'before the server' | 'behind the server';

/** The way to a server, which can be closed, be told to answer for the server, and lose a connection at a given COMMIT. */
export class Proxy {
	readonly url: string;
	/** So many connections are told that the server is starting. */
	startingFor = 0;
	/** What the server says, and what the client hears in its place, of the same length. */
	misheard: { said: string; heard: string } | undefined;
	#server: Server | undefined;
	readonly #sockets = new Set<Socket>();
	#cut: { how: Cut; commits: number } | undefined;

	private constructor(
		private readonly target: string,
		private readonly port: number,
	) {
		this.url = changedUrl(target, { port: String(port) });
	}

	/** A closed way to the server at this URL; its port is kept free for it. */
	static async to(target: string): Promise<Proxy> {
		const probe = createServer().listen(0, '127.0.0.1');
		await once(probe, 'listening');
		const { port } = probe.address() as AddressInfo;
		probe.close();
		await once(probe, 'close');
		return new Proxy(target, port);
	}

	async open(): Promise<void> {
		this.#server = createServer((socket) => this.#pass(socket)).listen(this.port, '127.0.0.1');
		await once(this.#server, 'listening');
	}

	/** Nobody comes in, and all connections are lost. */
	async close(): Promise<void> {
		const server = this.#server;
		this.#server = undefined;
		const closed = server && new Promise((resolve) => server.close(resolve));
		for (const socket of this.#sockets) socket.destroy();
		await closed;
	}

	/** The connection of the `commits`th COMMIT from now on is lost. */
	cut(how: Cut, commits = 1): void {
		this.#cut = { how, commits };
	}

	/** Whether the connection was lost that was to be lost. */
	get hasCut(): boolean {
		return this.#cut === undefined;
	}

	#pass(client: Socket): void {
		if (this.startingFor > 0) {
			this.startingFor -= 1;
			client.on('error', () => undefined);
			client.once('data', () => client.end(STARTING));
			return;
		}
		const { hostname, port } = new URL(this.target);
		const server = connect(Number(port), hostname);
		let isCut = false;
		for (const [socket, other] of [[client, server], [server, client]] as const) {
			this.#sockets.add(socket);
			socket.on('error', () => undefined);
			socket.on('close', () => {
				this.#sockets.delete(socket);
				other.destroy();
			});
		}
		client.on('data', (data) => {
			const cut = data.equals(COMMIT) ? this.#nextCut() : undefined;
			isCut = cut !== undefined;
			if (cut === 'before the server') client.destroy();
			else server.write(data);
		});
		// The server's answer to a COMMIT that is cut says that it has happened.
		server.on('data', (data) => (isCut ? client.destroy() : client.write(this.#heard(data))));
	}

	#heard(data: Buffer): Buffer {
		if (!this.misheard) return data;
		const { said, heard } = this.misheard;
		return Buffer.from(data.toString('latin1').replaceAll(said, heard), 'latin1');
	}

	#nextCut(): Cut | undefined {
		if (!this.#cut || --this.#cut.commits > 0) return undefined;
		const { how } = this.#cut;
		this.#cut = undefined;
		return how;
	}
}

/** What a server says that is starting: an error with the fields severity, code and message. */
const STARTING = errorMessage('SFATAL', 'C57P03', 'Mthe database system is starting up');

function errorMessage(...fields: string[]): Buffer {
	const body = Buffer.from(`${fields.map((field) => `${field}\0`).join('')}\0`);
	const head = Buffer.from('E\0\0\0\0', 'latin1');
	head.writeInt32BE(body.length + 4, 1);
	return Buffer.concat([head, body]);
}
