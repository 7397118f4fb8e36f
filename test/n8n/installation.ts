import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closeAllStores, disconnectLimiters, embeddedStorePath, type IdentityStore, openStore } from '../../lib';
import { type SeededSystems, seedSystems } from '../../scripts/demo/systems';
import { credentialsFor, prebuiltWorkflows, type WorkflowFile } from '../../scripts/demo/workflows';
import { makeSmallWorld } from '../sandbox/world';
import {
	type CredentialFile,
	importCredentialValues,
	installPackage,
	n8nFolder,
	type RunningN8n,
	type Session,
	setupOwner,
	startN8n,
} from './program';
import { WorkflowRounds } from './workflow-rounds';

/** A fresh n8n with the package, the look-alikes of the small world with a credential each, and the prebuilt workflows. */
export class Installation extends WorkflowRounds {
	private n8n: RunningN8n | undefined;
	/** Of the n8n that runs now; a start makes a new one. */
	session!: Session;
	store!: IdentityStore;

	private constructor(
		readonly userFolder: string,
		readonly systems: SeededSystems,
		readonly credentials: CredentialFile[],
		readonly workflows: WorkflowFile[],
	) {
		super();
	}

	/** Installs the package, imports the credentials and starts n8n. No workflow is there yet. */
	static async create(): Promise<Installation> {
		const systems = await seedSystems(makeSmallWorld(Date.now()));
		const credentials = credentialsFor(systems.sandboxes);
		const made = new Installation(mkdtempSync(join(tmpdir(), 'customer360-walk-')), systems, credentials, prebuiltWorkflows(credentials));
		try {
			await installPackage(made.userFolder);
			await importCredentialValues(made.userFolder, credentials);
			await made.start();
			made.store = await openStore({ file: embeddedStorePath(n8nFolder(made.userFolder)) });
		} catch (error) {
			await made.remove();
			throw error;
		}
		return made;
	}

	/** Starts n8n; one that still runs, after a test that failed, is ended first. */
	async start(): Promise<void> {
		await this.kill();
		this.n8n = await startN8n({ userFolder: this.userFolder });
		this.session = await setupOwner(this.n8n.url);
	}

	async kill(): Promise<void> {
		await this.n8n?.kill();
		this.n8n = undefined;
	}

	async remove(): Promise<void> {
		await this.n8n?.stop();
		await this.systems.close();
		await closeAllStores();
		await disconnectLimiters();
		rmSync(this.userFolder, { recursive: true, force: true });
	}
}
