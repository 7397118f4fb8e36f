import { ExternalSecretsProxy, type ExecutionLifecycleHooks, type IExternalSecretsManager } from 'n8n-core';
import {
	ICredentialsHelper,
	UnexpectedError,
	type ICredentialDataDecryptedObject,
	type ICredentials,
	type IHttpRequestOptions,
	type INode,
	type INodeCredentialsDetails,
	type INodeProperties,
	type INodeType,
	type INodeTypes,
	type IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';

export type CredentialData = Record<string, ICredentialDataDecryptedObject>;

/** A class as a node's file exports it. */
export type NodeClass = new () => INodeType;

/** The prefix of our types' names in n8n: the package's name. */
export const packageName = 'n8n-nodes-customer360';

/** Node types by their full name; those of our package come from classes. */
export class GivenNodeTypes implements INodeTypes {
	private readonly types = new Map<string, INodeType>();

	/** Returns the full name of the type. */
	add(nodeClass: NodeClass): string {
		const type = new nodeClass();
		const name = `${packageName}.${type.description.name}`;
		this.types.set(name, type);
		return name;
	}

	getByName(name: string): INodeType {
		return this.getByNameAndVersion(name);
	}

	getByNameAndVersion(name: string): INodeType {
		const found = this.types.get(name);
		if (!found) throw new UnexpectedError(`The test gave no class for the node type "${name}".`);
		return found;
	}

	getKnownTypes(): Record<string, never> {
		return {};
	}
}

/** Hands out the credentials that a test gives, by type. */
class GivenCredentials extends ICredentialsHelper {
	constructor(private readonly given: CredentialData) {
		super();
	}

	getParentTypes(): string[] {
		return [];
	}

	isCredentialUsableByNode(): boolean {
		return true;
	}

	async authenticate(_credentials: ICredentialDataDecryptedObject, _type: string, options: IHttpRequestOptions): Promise<IHttpRequestOptions> {
		return await Promise.resolve(options);
	}

	async preAuthentication(): Promise<undefined> {
		return await Promise.resolve(undefined);
	}

	async runPreAuthentication(): Promise<undefined> {
		return await Promise.resolve(undefined);
	}

	async getCredentials(_details: INodeCredentialsDetails, type: string): Promise<ICredentials> {
		return await Promise.reject(new UnexpectedError(`Encrypted credentials of type "${type}" are not part of these tests.`));
	}

	async getDecrypted(_data: IWorkflowExecuteAdditionalData, _details: INodeCredentialsDetails, type: string): Promise<ICredentialDataDecryptedObject> {
		const found = this.given[type];
		if (!found) throw new UnexpectedError(`The test gave no credentials of type "${type}".`);
		// n8n adds this key to everything it decrypts.
		return await Promise.resolve({ ...found, allowedHttpRequestDomains: 'all' });
	}

	async updateCredentials(): Promise<void> {
		await Promise.resolve();
	}

	async updateCredentialsOauthTokenData(): Promise<void> {
		await Promise.resolve();
	}

	getCredentialsProperties(): INodeProperties[] {
		return [];
	}
}

/** A node's reference to each of the given credentials, as a workflow's JSON has it. */
export function credentialReferences(credentials: CredentialData): NonNullable<INode['credentials']> {
	return Object.fromEntries(Object.keys(credentials).map((type) => [type, { id: type, name: type }]));
}

const noSecrets: IExternalSecretsManager = {
	hasSecret: () => false,
	getSecret: () => undefined,
	getSecretNames: () => [],
	hasProvider: () => false,
	getProviderNames: () => [],
};

/** What n8n's server gives the engine beside the workflow, reduced to what runs without a server. */
export function additionalData(credentials: CredentialData, hooks?: ExecutionLifecycleHooks): IWorkflowExecuteAdditionalData {
	const refuse = (what: string) => async (): Promise<never> => await Promise.reject(new UnexpectedError(`${what} needs n8n's server.`));
	const secrets = new ExternalSecretsProxy();
	secrets.setManager(noSecrets);
	const base = 'http://127.0.0.1';
	return {
		credentialsHelper: new GivenCredentials(credentials),
		executeWorkflow: refuse('Running another workflow'),
		getRunExecutionData: async () => await Promise.resolve(undefined),
		getRuntimeCredential: async () => await Promise.resolve(undefined),
		startRunnerTask: refuse('A Code node'),
		externalSecretsProxy: secrets,
		currentNodeExecutionIndex: 0,
		restApiUrl: base,
		instanceBaseUrl: base,
		formBaseUrl: base,
		formWaitingBaseUrl: base,
		formTestBaseUrl: base,
		webhookBaseUrl: base,
		webhookWaitingBaseUrl: base,
		webhookTestBaseUrl: base,
		mcpBaseUrl: base,
		mcpTestBaseUrl: base,
		variables: {},
		logAiEvent: () => undefined,
		executionId: 'test',
		hooks,
	};
}
