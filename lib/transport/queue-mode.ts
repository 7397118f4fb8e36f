import { readFileSync } from 'node:fs';

/** The Redis that n8n's processes share in queue mode, as n8n's own environment variables describe it. */
export interface QueueModeRedis {
	host: string;
	port: number;
	db: number;
	username?: string;
	password?: string;
	/** Set when the connection is encrypted. */
	tls?: { servername?: string; rejectUnauthorized: boolean };
	/** IP version; 0 takes both. */
	family?: number;
	/** A Redis Cluster's first nodes; host and port don't count then. */
	clusterNodes: { host: string; port: number }[];
	/** Whether cluster nodes are reached by their names as they are, without asking DNS (needed by some hosted clusters). */
	plainNodeNames: boolean;
	/** What n8n's keys begin with. */
	prefix: string;
	/** How long Redis may be away, in milliseconds: what n8n itself allows before it ends the process. */
	patienceMs: number;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Where n8n's processes meet, or undefined when n8n does not run in queue mode.
 * Names, defaults and reading are n8n's (`ScalingModeConfig` in `@n8n/config`): `<NAME>_FILE` names a file that holds the value.
 * https://docs.n8n.io/hosting/configuration/environment-variables/queue-mode/
 * @throws Error when a `_FILE` cannot be read.
 */
export function queueModeRedis(environment: Environment = process.env): QueueModeRedis | undefined {
	const text = (name: string): string => {
		const given = environment[name];
		const file = environment[`${name}_FILE`];
		const value = given ?? (file ? readFileSync(file, 'utf8') : '');
		return value.trim().replace(/^(['"])(.*)\1$/, '$2');
	};
	const redis = (name: string) => text(`QUEUE_BULL_REDIS_${name}`);
	const number = (name: string, otherwise: number) => {
		const value = redis(name);
		return value !== '' && Number.isFinite(Number(value)) ? Number(value) : otherwise;
	};
	const flag = (name: string, otherwise: boolean) => {
		const value = redis(name).toLowerCase();
		return value === 'true' || value === '1' || (value === 'false' || value === '0' ? false : otherwise);
	};

	if (text('EXECUTIONS_MODE') !== 'queue') return undefined;
	return {
		host: redis('HOST') || 'localhost',
		port: number('PORT', 6379),
		db: number('DB', 0),
		username: redis('USERNAME') || undefined,
		password: redis('PASSWORD') || undefined,
		...(flag('TLS', false) && {
			tls: { servername: redis('TLS_SERVERNAME') || undefined, rejectUnauthorized: flag('TLS_VALIDATE_CERTIFICATE', true) },
		}),
		...(flag('DUALSTACK', false) && { family: 0 }),
		clusterNodes: redis('CLUSTER_NODES')
			.split(',')
			.filter((node) => node.trim() !== '')
			.map((node) => {
				const [host = '', port] = node.trim().split(':');
				return { host, port: Number(port ?? 6379) };
			}),
		plainNodeNames: redis('DNS_LOOKUP_STRATEGY').toUpperCase() === 'NONE',
		prefix: text('QUEUE_BULL_PREFIX') || 'bull',
		patienceMs: number('TIMEOUT_THRESHOLD', 10_000),
	};
}
