import { randomBytes } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closeAllStores, disconnectLimiters, type IdentityStore, openStore } from '../../lib';
import { type SeededSystems, seedSystems } from '../../scripts/demo/systems';
import { credentialsFor, isSource, prebuiltWorkflows, type WorkflowFile } from '../../scripts/demo/workflows';
import { targetOf } from '../../nodes/store-target';
import { type CredentialFile, installPackage, repositoryRoot, type RunningN8n, type Session, setupOwner, startN8n } from '../n8n/program';
import { WorkflowRounds } from '../n8n/workflow-rounds';
import { changedUrl, OwnServer, runSql } from '../postgres/server';
import type { World } from '../sandbox/world';
import { composeService } from './compose-service';
import { type RunningRedis, startRedis } from './redis';

const PACKAGE = 'n8n-nodes-customer360.';
const STORE_TYPE = 'customer360StoreApi';
const WORKERS = ['worker1', 'worker2'];
/** Another poll in the middle of a test would be counted. */
const ONCE_A_DAY = { item: [{ mode: 'everyDay', hour: (new Date().getHours() + 12) % 24, minute: 30 }] };

/**
 * Twice what the client lets through in a minute: its minutes and the vendor's don't begin at one time, so that the end of one and the beginning of the
 * next can fall into one of the vendor's.
 */
const EXPORTS_PER_MINUTE = 60;

/**
 * n8n in queue mode as it runs on several machines, here on one: Redis, PostgreSQL, the main process and two workers, each with
 * a folder and an installed package of its own, and the look-alikes of the vendors.
 */
export class Machines extends WorkflowRounds {
	session!: Session;
	store!: IdentityStore;
	readonly workflows: WorkflowFile[] = [];
	main: RunningN8n | undefined;
	readonly workers: RunningN8n[] = [];
	private storeCredential!: CredentialFile;
	private readonly folder = mkdtempSync(join(tmpdir(), 'customer360-queue-'));
	private readonly storePassword = `it's ${randomBytes(6).toString('hex')}@/%`;

	private constructor(
		/** What stands in `.env` beside compose.yaml. */
		private readonly secrets: Readonly<Record<string, string>>,
		readonly systems: SeededSystems,
		readonly redis: RunningRedis,
		readonly postgres: OwnServer,
	) {
		super();
	}

	static async create(world: { world: World; truth: ReadonlyMap<string, string> }): Promise<Machines> {
		const secret = () => randomBytes(24).toString('hex');
		const secrets = { N8N_ENCRYPTION_KEY: secret(), N8N_DB_PASSWORD: secret(), REDIS_PASSWORD: secret(), GENERIC_TIMEZONE: Intl.DateTimeFormat().resolvedOptions().timeZone };
		const redis = await startRedis({ password: secrets.REDIS_PASSWORD });
		const postgres = await OwnServer.start().catch(async (error: unknown) => {
			await redis.kill();
			throw error;
		});
		const made = new Machines(secrets, await seedSystems(world, EXPORTS_PER_MINUTE), redis, postgres);
		try {
			await made.prepare();
		} catch (error) {
			await made.remove();
			throw error;
		}
		return made;
	}

	private async prepare(): Promise<void> {
		for (const [database, statements] of this.databaseStatements()) {
			await runSql(changedUrl(this.postgres.url, { pathname: `/${database}` }), ...statements);
		}
		await installPackage(this.folderOf('main'));
		for (const worker of WORKERS) cpSync(this.folderOf('main'), this.folderOf(worker), { recursive: true });

		await this.startMain();
		const credentials = await Promise.all(credentialsFor(this.systems.sandboxes).map((credential) => this.addCredential(credential)));
		this.storeCredential = await this.addCredential({ name: 'Customers', type: STORE_TYPE, data: this.storeData() });
		for (const workflow of prebuiltWorkflows(credentials)) this.addWorkflow(workflow);
		this.workers.push(...(await Promise.all(WORKERS.map((worker) => this.startWorker(worker)))));
	}

	/** Starts main, for the first time or again, and signs in. */
	async startMain(): Promise<void> {
		this.main = await startN8n({ userFolder: this.folderOf('main'), env: this.environment('main') });
		this.session = await setupOwner(this.main.url);
	}

	/** Starts another worker in the place of one that was killed. */
	async replace(killed: RunningN8n): Promise<void> {
		const place = this.workers.indexOf(killed);
		this.workers[place] = await this.startWorker(WORKERS[place] ?? '');
	}

	/** Starts a worker that takes one execution at a time, so that two at once go to two workers. */
	private async startWorker(name: string): Promise<RunningN8n> {
		return startN8n({ command: 'worker', userFolder: this.folderOf(name), env: { ...this.environment('worker'), N8N_CONCURRENCY_PRODUCTION_LIMIT: '1' } });
	}

	/** Has a workflow beside the prebuilt ones, with the store chosen in all nodes; `publish` creates it. */
	addWorkflow(workflow: WorkflowFile): void {
		this.workflows.push(this.forHere(workflow, this.storeCredential));
	}

	/** Opens the store that the nodes use, with the rights that they have. */
	async openStore(): Promise<void> {
		const target = targetOf(this.storeData());
		if ('url' in target) this.store = await openStore(target);
	}

	/** What someone types into the credential, as docs/queue-mode.md says. */
	storeData() {
		const port = Number(new URL(this.postgres.url).port);
		const { host, database, user, schema, ssl } = { host: '127.0.0.1', database: 'customer360', user: 'customer360', schema: 'customer360', ssl: 'disable' };
		return { type: 'postgres', host, port, database, user, password: this.storePassword, schema, ssl };
	}

	/** Workers that have taken up an execution and not brought it to its end. */
	busyWorkers(): RunningN8n[] {
		return this.workers.filter((worker) => this.executionsOf(worker).started.length > this.executionsOf(worker).finished.length);
	}

	/** Of the store's database, as a role that may do everything there. */
	get storeUrl(): string {
		return changedUrl(this.postgres.url, { pathname: `/${this.storeData().database}` });
	}

	/** IDs of the executions that a worker took up, and of those that it brought to their end. */
	executionsOf(worker: RunningN8n): { started: string[]; finished: string[] } {
		const ids = (what: string) => [...worker.logText().matchAll(new RegExp(`Worker ${what} execution (\\d+)`, 'g'))].map(([, id = '']) => id);
		return { started: ids('started'), finished: ids('finished') };
	}

	/** What goes on, for somebody who has to find out why it does not end. */
	async tell(ids: readonly string[]): Promise<string> {
		const orSay = async (what: () => Promise<unknown>) => JSON.stringify(await what().catch((error: unknown) => String(error)), undefined, 1);
		const unended = async () => (await this.session.executions()).filter(({ status }) => status !== 'success');
		const state = [`still going on: ${await orSay(() => this.goingOn(ids))}`, `executions that did not succeed: ${await orSay(unended)}`];
		const logs = [this.main, ...this.workers].map((running, place) => `log of ${place === 0 ? 'main' : `worker ${place}`}:\n${running?.logText().slice(-5000) ?? ''}`);
		return [...state, ...logs].join('\n');
	}

	async remove(): Promise<void> {
		await Promise.all([...(this.main ? [this.main] : []), ...this.workers].map((running) => running.stop()));
		await this.systems.close();
		await closeAllStores();
		await disconnectLimiters();
		await this.postgres.end();
		await this.redis.kill();
		rmSync(this.folder, { recursive: true, force: true });
	}

	/** What compose.yaml has PostgreSQL do first: databases and roles with the rights that users are told to give, and none more. */
	private databaseStatements(): [string, string[]][] {
		const script = readFileSync(join(repositoryRoot, 'compose', 'make-databases.sh'), 'utf8');
		const sql = /<<'SQL'\n([^]*?)\nSQL\n/.exec(script)?.[1] ?? '';
		const values: Record<string, string> = { n8n_password: this.secrets.N8N_DB_PASSWORD ?? '', store_password: this.storePassword };
		const filled = (statement: string) => statement.replace(/:'(\w+)'/g, (_, name: string) => `'${values[name]?.replaceAll("'", "''")}'`);
		const [first = '', ...rest] = sql.split(/^\\connect (?=\w+$)/m);
		const parts: [string, string][] = [['postgres', first], ...rest.map((part): [string, string] => [part.split('\n', 1)[0] ?? '', part.slice(part.indexOf('\n'))])];
		return parts.map(([database, text]) => [database, text.split(/;\s*/).filter((statement) => statement.trim() !== '').map(filled)]);
	}

	private folderOf(machine: string): string {
		return join(this.folder, machine);
	}

	/** What compose.yaml gives a container, with the places and times of these tests. */
	private environment(service: 'main' | 'worker'): Record<string, string> {
		const { N8N_EDITOR_BASE_URL, N8N_WEBHOOK_URL, N8N_GRACEFUL_SHUTDOWN_TIMEOUT, ...given } = composeService(service, this.secrets).environment;
		return {
			...given,
			QUEUE_BULL_REDIS_HOST: '127.0.0.1',
			QUEUE_BULL_REDIS_PORT: String(this.redis.port),
			// A worker that was killed is noticed after seconds instead of a minute.
			QUEUE_WORKER_LOCK_DURATION: '6000',
			QUEUE_WORKER_LOCK_RENEW_TIME: '1500',
			QUEUE_WORKER_STALLED_INTERVAL: '3000',
			DB_POSTGRESDB_HOST: '127.0.0.1',
			DB_POSTGRESDB_PORT: new URL(this.postgres.url).port,
		};
	}

	private async addCredential({ name, type, data }: Omit<CredentialFile, 'id'>): Promise<CredentialFile> {
		const { id } = await this.session.post<{ id: string }>('/credentials', { name, type, data });
		return { id, name, type, data };
	}

	/** A prebuilt workflow as it is shipped, with the store chosen in all nodes. Its sources poll when it is published, and not again by the clock. */
	private forHere(workflow: WorkflowFile, store: CredentialFile): WorkflowFile {
		const nodes = workflow.nodes.map((node) => {
			if (!node.type.startsWith(PACKAGE)) return node;
			const credentials = { ...node.credentials, [STORE_TYPE]: { id: store.id, name: store.name } };
			const parameters = isSource(node) ? { ...node.parameters, pollTimes: ONCE_A_DAY } : node.parameters;
			return { ...node, credentials, parameters };
		});
		return { ...workflow, nodes };
	}
}
