import { environment, freePort } from './environment';
import { N8nProcess } from './n8n-process';

export * from './commands';
export { n8nFolder, installPackage, repositoryRoot } from './install';
export * from './session';

export interface StartOptions {
	/** `worker` starts one that takes executions from n8n's queue; `url` then answers `/healthz` only. n8n with its editor when left out. */
	command?: 'start' | 'worker';
	/** n8n's user folder (N8N_USER_FOLDER); it keeps `.n8n` inside. */
	userFolder: string;
	/** A free one on 127.0.0.1 when left out. */
	port?: number;
	/** Added to n8n's environment, over what this sets. */
	env?: Record<string, string>;
	/** Receives every line that n8n prints. */
	log?: (line: string) => void;
	/** Starts n8n's process for Code nodes as well. */
	codeNodes?: boolean;
	/** Milliseconds until n8n must be ready; 120,000 when left out. */
	timeoutMs?: number;
}

export type RunningN8n = { url: string } & Pick<N8nProcess, 'pid' | 'stop' | 'kill' | 'logText'>;

const READY = { start: 'Editor is now accessible', worker: 'n8n worker is now ready' };

/**
 * Starts the real n8n program and resolves when its editor answers, or when a worker is ready. Rejects with the end of its log when it stops or takes too long.
 * n8n ends with the process that called this; a caller that wants to stop on Ctrl-C calls `stop()` from its own handler.
 */
export async function startN8n({ command = 'start', userFolder, port, env, log, codeNodes, timeoutMs = 120_000 }: StartOptions): Promise<RunningN8n> {
	const own = port ?? (await freePort());
	const url = `http://127.0.0.1:${own}`;
	const brokerPort = await freePort();
	const n8n = new N8nProcess(command, userFolder, { ...environment(userFolder, { codeNodes, brokerPort }), ...placeOf(command, own, url), ...env }, log);
	await n8n.untilItSays(READY[command], timeoutMs);
	return Object.assign(n8n, { url });
}

/** Where n8n answers, and where it says that it does. */
function placeOf(command: 'start' | 'worker', port: number, url: string): Record<string, string> {
	const place = { N8N_PORT: String(port), N8N_EDITOR_BASE_URL: `${url}/`, N8N_WEBHOOK_URL: `${url}/` };
	if (command === 'start') return place;
	return { ...place, QUEUE_HEALTH_CHECK_ACTIVE: 'true', QUEUE_HEALTH_CHECK_PORT: String(port), N8N_WORKER_SERVER_ADDRESS: '127.0.0.1' };
}
