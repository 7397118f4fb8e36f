import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { Mutex } from 'async-mutex';
import { Client } from 'pg';

/** Messages of the protocol: https://www.postgresql.org/docs/current/protocol-message-formats.html */
const AUTHENTICATION_OK = Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 0]);
const READY_AND_IDLE = Buffer.from([0x5a, 0, 0, 0, 5, 0x49]);
const TERMINATE = 0x58;
const READY = 0x5a;
const IDLE = 0x49;

/**
 * Lets any number of clients share ONE session of a server by turns, from one transaction's beginning to its end, as PgBouncer does in transaction
 * mode; between two turns it takes away whatever a session keeps. Gives the URL, and a function that ends it.
 */
export async function shareOneSession(url: string): Promise<{ url: string; turns: () => number; end: () => Promise<void> }> {
	const session = new Client(url);
	await session.connect();
	const { stream } = (session as unknown as { connection: { stream: Socket } }).connection;
	const turn = new Mutex();
	let turns = 0;
	const sockets = new Set<Socket>();
	const server: Server = createServer((socket) => {
		sockets.add(socket);
		socket.on('error', () => undefined);
		let greeted = false;
		let release: (() => void) | undefined;
		let queue = Promise.resolve();
		const take = async (): Promise<void> => {
			const free = await turn.acquire();
			turns += 1;
			await session.query('DISCARD ALL');
			const own = stream.listeners('data') as ((data: Buffer) => void)[];
			stream.removeAllListeners('data');
			const messages = new Messages();
			const pass = (data: Buffer): void => {
				socket.write(data);
				if (!messages.endTransaction(data)) return;
				stream.removeListener('data', pass);
				for (const listener of own) stream.on('data', listener);
				release = undefined;
				free();
			};
			stream.on('data', pass);
			release = free;
		};
		socket.on('data', (data: Buffer) => {
			if (!greeted) {
				greeted = true;
				socket.write(Buffer.concat([AUTHENTICATION_OK, READY_AND_IDLE]));
				return;
			}
			if (data[0] === TERMINATE) return;
			queue = queue.then(async () => {
				if (!release) await take();
				stream.write(data);
			});
		});
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const shared = Object.assign(new URL(url), { port: String((server.address() as AddressInfo).port) }).toString();
	return {
		url: shared,
		turns: () => turns,
		end: async () => {
			for (const socket of sockets) socket.destroy();
			server.close();
			await session.end();
		},
	};
}

/** Follows the server's messages across the borders of packets. */
class Messages {
	#rest = Buffer.alloc(0);

	/** Whether the last message of `data` says that the session waits for the next statement, outside of a transaction. */
	endTransaction(data: Buffer): boolean {
		let all = Buffer.concat([this.#rest, data]);
		let idle = false;
		while (all.length >= 5 && all.length >= 1 + all.readUInt32BE(1)) {
			idle = all[0] === READY && all[5] === IDLE;
			all = all.subarray(1 + all.readUInt32BE(1));
		}
		this.#rest = all;
		return idle && all.length === 0;
	}
}
