import axios, { type AxiosInstance } from 'axios';

/** The first user of an n8n that was just started. */
export const owner = { email: 'owner@example.com', password: 'Customer360-demo', firstName: 'Olive', lastName: 'Owner' };

/** n8n wraps what it answers in `data`. */
interface Answer<T> {
	data: T;
}

export interface ExecutionSummary {
	id: string;
	workflowId: string;
	status: 'new' | 'running' | 'success' | 'error' | 'canceled' | 'crashed' | 'waiting';
	mode: string;
	startedAt: string;
	stoppedAt?: string | null;
}

export interface CredentialTestResult {
	status: 'OK' | 'Error';
	message: string;
}

interface PublicationStatus {
	status: 'in_progress' | 'not_published' | 'published' | 'partial' | 'failed';
	triggers: { nodeId: string; status: string; errorMessage: string | null }[];
}

/** Signed in to a running n8n as its owner; speaks the API that the editor speaks. Every request ends after 30 s. */
export class Session {
	constructor(
		readonly url: string,
		readonly cookie: string,
		private readonly http: AxiosInstance,
	) {}

	/** GET below `/rest`, e.g. `/executions`. */
	async get<T>(path: string, params?: Record<string, string | number>): Promise<T> {
		return await this.request<T>('get', path, undefined, params);
	}

	async post<T>(path: string, body: unknown): Promise<T> {
		return await this.request<T>('post', path, body);
	}

	private async request<T>(method: 'get' | 'post', path: string, body?: unknown, params?: Record<string, string | number>): Promise<T> {
		const { status, data } = await this.http.request<Answer<T>>({ method, url: path, data: body, params });
		if (status >= 400) throw new Error(`n8n answered ${method.toUpperCase()} /rest${path} with ${status}: ${JSON.stringify(data).slice(0, 2000)}`);
		return data.data;
	}

	/** Newest first, 100 at the most; of one workflow when its ID is given. */
	async executions(workflowId?: string): Promise<ExecutionSummary[]> {
		const filter = JSON.stringify(workflowId ? { workflowId } : {});
		const { results } = await this.get<{ results: ExecutionSummary[] }>('/executions', { filter, limit: 100 });
		return results;
	}

	/** An execution with its run data. n8n sends that flattened: an array whose strings are places in it; it is put together here. */
	async execution(id: string): Promise<ExecutionSummary & { data: RunData }> {
		const found = await this.get<ExecutionSummary & { data: string }>(`/executions/${id}`);
		return { ...found, data: unflatten(JSON.parse(found.data) as unknown[]) as RunData };
	}

	/** Creates a workflow, keeping its ID, and returns the ID. n8n may be running: nothing needs a restart. */
	async createWorkflow(workflow: Record<string, unknown>): Promise<string> {
		return (await this.post<{ id: string }>('/workflows', workflow)).id;
	}

	/**
	 * Publishes a workflow's current version and waits until each of its triggers has been started, which includes a polling
	 * trigger's first poll. n8n tries a failing trigger five times, about 15 s; then this rejects with what the trigger said.
	 */
	async activate(workflowId: string, timeoutMs = 120_000): Promise<void> {
		const { versionId } = await this.get<{ versionId: string }>(`/workflows/${workflowId}`);
		await this.post(`/workflows/${workflowId}/activate`, { versionId });
		await this.settled(workflowId, timeoutMs);
	}

	/** Waits until n8n has no activation of the workflow under way, e.g. after a start with published workflows. */
	async settled(workflowId: string, timeoutMs = 120_000): Promise<void> {
		const until = Date.now() + timeoutMs;
		for (;;) {
			const { status, triggers } = await this.get<PublicationStatus>(`/workflows/${workflowId}/publication-status`);
			if (status === 'published') return;
			const said = triggers.map(({ nodeId, errorMessage }) => `${nodeId}: ${errorMessage ?? 'fine'}`).join('; ');
			if (status === 'partial' || status === 'failed') throw new Error(`Workflow ${workflowId} could not be activated. ${said}`);
			if (Date.now() > until) throw new Error(`Workflow ${workflowId} is "${status}" after ${timeoutMs / 1000} s. ${said}`);
			await new Promise((resolve) => setTimeout(resolve, 100));
		}
	}

	async deactivate(workflowId: string): Promise<void> {
		await this.post(`/workflows/${workflowId}/deactivate`, {});
	}

	/** What the button "Test" of a credential answers. */
	async testCredential(credentials: { id: string; name: string; type: string; data: Record<string, unknown> }): Promise<CredentialTestResult> {
		return await this.post<CredentialTestResult>('/credentials/test', { credentials });
	}

	/** What a drop-down of a node gets from its `loadOptions` method. */
	async loadOptions(request: {
		nodeTypeAndVersion: { name: string; version: number };
		methodName: string;
		path: string;
		currentNodeParameters: Record<string, unknown>;
		credentials?: Record<string, { id: string; name: string }>;
	}): Promise<{ name: string; value: string | number }[]> {
		return await this.post('/dynamic-node-parameters/options', request);
	}
}

interface RunData {
	resultData: {
		error?: { message: string };
		lastNodeExecuted?: string;
		runData: Record<string, { data?: { main: ({ json: Record<string, unknown> }[] | null)[] }; error?: { message: string }; executionStatus?: string }[]>;
	};
}

/** Puts a flattened value together again: within the list, every string inside an object or array is the index of its value. */
function unflatten(list: unknown[]): unknown {
	const built = new Map<number, unknown>();
	const at = (index: number): unknown => {
		if (built.has(index)) return built.get(index);
		const value = list[index];
		if (value === null || typeof value !== 'object') return value;
		const result: Record<string, unknown> | unknown[] = Array.isArray(value) ? [] : {};
		built.set(index, result);
		for (const [key, inner] of Object.entries(value)) {
			(result as Record<string, unknown>)[key] = typeof inner === 'string' ? at(Number(inner)) : inner;
		}
		return result;
	};
	return at(0);
}

/** Makes the owner of a fresh n8n, or signs in when there is one already. */
export async function setupOwner(url: string): Promise<Session> {
	const http = axios.create({ baseURL: `${url}/rest`, timeout: 30_000, validateStatus: () => true, proxy: false });
	let answer = await http.post<unknown>('/owner/setup', owner);
	if (answer.status >= 400) answer = await http.post<unknown>('/login', { emailOrLdapLoginId: owner.email, password: owner.password });
	const cookie = (answer.headers['set-cookie'] ?? []).map((line) => line.split(';')[0]).join('; ');
	if (answer.status >= 400 || !cookie) throw new Error(`n8n at ${url} let nobody sign in: ${answer.status} ${JSON.stringify(answer.data).slice(0, 1000)}`);
	http.defaults.headers.common.cookie = cookie;
	return new Session(url, cookie, http);
}
