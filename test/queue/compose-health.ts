import { spawn } from 'node:child_process';
import { composeService } from './compose-service';

/** Exit code of what compose.yaml has a container do to see whether it is well, done to a process that listens on another port. */
export async function healthOf(service: 'main' | 'worker', port: string): Promise<number | null> {
	const secrets = { N8N_ENCRYPTION_KEY: 'x', N8N_DB_PASSWORD: 'x', REDIS_PASSWORD: 'x' };
	const [kind, program, ...args] = composeService(service, secrets).healthcheck;
	if (kind !== 'CMD' || program !== 'node') throw new Error(`the health check of ${service} is no program of Node.js any more`);
	const child = spawn(process.execPath, args.map((arg) => arg.replace('127.0.0.1:5678/', `127.0.0.1:${port}/`)), { stdio: 'ignore' });
	return await new Promise((resolve) => child.once('exit', resolve));
}
