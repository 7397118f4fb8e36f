/** A record as Zendesk keeps it; only what we look at is named. */
export interface ZendeskRecord {
	id: number;
	created_at: string;
	updated_at: string;
	[property: string]: unknown;
}

export interface ZendeskUser extends ZendeskRecord {
	name: string;
	email: string | null;
	role: 'end-user' | 'agent' | 'admin';
	active: boolean;
	external_id: string | null;
	organization_id: number | null;
	user_fields: Record<string, unknown>;
}

export interface ZendeskOrganization extends ZendeskRecord {
	name: string;
	domain_names: string[];
	external_id: string | null;
	deleted_at: string | null;
	organization_fields: Record<string, unknown>;
}

export interface ZendeskTicket extends ZendeskRecord {
	subject: string;
	status: string;
	priority: string | null;
	requester_id: number;
	/** Seconds; moves with system changes too. */
	generated_timestamp: number;
}

export interface CustomField {
	id: number;
	key: string;
	type: string;
	title: string;
	description: string;
	active: boolean;
	created_at: string;
	updated_at: string;
	[property: string]: unknown;
}

export interface ZendeskJob {
	id: string;
	job_type: string;
	/** How often it was asked for; it ends after `pollsUntilDone`. */
	polls: number;
	startedAt: number;
	/** How it ends. */
	end: 'completed' | 'failed' | 'killed';
	message: string;
	results: Record<string, unknown>[];
	total: number;
}

export interface ZendeskState {
	users: Map<number, ZendeskUser>;
	organizations: Map<number, ZendeskOrganization>;
	tickets: Map<number, ZendeskTicket>;
	userFields: Map<string, CustomField>;
	organizationFields: Map<string, CustomField>;
	jobs: Map<string, ZendeskJob>;
	/** Addresses that were sent a verification mail. */
	mails: string[];
	/** Record ID or email to the reason why a bulk job refuses it. */
	refuse: Map<string, string>;
	/** How the next job ends instead of completing; nothing of it takes effect. */
	nextJob?: 'failed' | 'killed';
	/** Next free record ID. */
	nextId: number;
}

export function emptyState(): ZendeskState {
	return {
		users: new Map(),
		organizations: new Map(),
		tickets: new Map(),
		userFields: new Map(),
		organizationFields: new Map(),
		jobs: new Map(),
		mails: [],
		refuse: new Map(),
		nextId: 900_000_000_001,
	};
}

/** Zendesk writes times in whole seconds. */
export function zendeskTime(milliseconds: number): string {
	return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}
