import Redis, { Cluster, type Command, type RedisOptions } from 'ioredis';
import type { QueueModeRedis } from './queue-mode';

/** What tells ioredis to connect again and to repeat the command. */
const RECONNECT_AND_REPEAT = 2;

/** A client for the Redis of n8n's queue mode, connecting by itself. Each command gets its answer, or an error, within `patienceMs`. */
export function openRedis(settings: QueueModeRedis): Redis | Cluster {
	const { host, port, db, username, password, tls, family, clusterNodes, plainNodeNames, patienceMs } = settings;
	const options: RedisOptions = {
		username,
		password,
		db,
		tls,
		...(family !== undefined && { family }),
		connectTimeout: patienceMs,
		// A Redis that is away, or takes commands and never answers, must not hold a sync for ever.
		commandTimeout: patienceMs,
		maxRetriesPerRequest: null,
		// How long a connection that was given up may take to close, which keeps a process alive.
		disconnectTimeout: 100,
		retryStrategy: (attempt) => Math.min(attempt * 50, 1_000),
		reconnectOnError: (error) => (error.message.includes('READONLY') ? RECONNECT_AND_REPEAT : false),
	};
	if (clusterNodes.length > 0) {
		return new LimitsCluster(clusterNodes, {
			redisOptions: options,
			clusterRetryStrategy: (attempt) => Math.min(attempt * 50, 1_000),
			...(plainNodeNames && { dnsLookup: (address, found) => found(null, address) }),
		});
	}
	return new LimitsRedis({ ...options, host, port });
}

/** A connection that does not keep a process alive. Bottleneck duplicates the one it is given, so this goes for both. */
class LimitsRedis extends Redis {
	constructor(options: RedisOptions) {
		super(options);
		this.on('connect', () => this.stream.unref());
	}

	override duplicate(override?: Partial<RedisOptions>): Redis {
		return new LimitsRedis({ ...this.options, ...override });
	}

	override sendCommand(command: Command, ...rest: Rest): unknown {
		return super.sendCommand(withPlainErrors(command), ...rest);
	}
}

class LimitsCluster extends Cluster {
	override sendCommand(command: Command, ...rest: Rest): unknown {
		return super.sendCommand(withPlainErrors(command), ...rest);
	}
}

type Rest = Parameters<Redis['sendCommand']> extends [unknown, ...infer Others] ? Others : never;

/**
 * From version 7 on Redis writes "ERR " before an error that a script names, and Bottleneck, which knows the names without it,
 * would neither put its figures into a Redis that lost them nor register again as one that is waiting.
 */
function withPlainErrors(command: Command): Command {
	const reject = command.reject;
	command.reject = (error) => {
		error.message = error.message.replace(/^ERR (?=SETTINGS_KEY_NOT_FOUND|UNKNOWN_CLIENT|OVERWEIGHT)/, '');
		reject(error);
	};
	return command;
}
