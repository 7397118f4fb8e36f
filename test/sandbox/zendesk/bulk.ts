import { randomUUID } from 'node:crypto';
import { z } from 'zod/v4';
import type { Route, VendorReply, VendorRequest } from '../vendor-server';
import { assignFields } from './custom-fields';
import { jobReply } from './job-statuses';
import { refusals } from './replies';
import { userOf } from './seed';
import { type ZendeskJob, type ZendeskState, type ZendeskUser, zendeskTime } from './state';

export interface BulkRules {
	state: ZendeskState;
	url(): string;
	now(): number;
	allowed(): boolean;
	/** Whether Zendesk support has enabled data imports for the account. */
	importsOn: boolean;
	/** Jobs queued or running that are allowed at once. */
	maxJobs: number;
	runningJobs(): number;
}

const MAX_ITEMS = 100;
const itemSchema = z.looseObject({ id: z.number().optional(), email: z.string().optional(), name: z.string().optional() });
type Item = z.infer<typeof itemSchema>;
type Result = Record<string, unknown>;

/** Bulk changes: each answers with a job, whose results are told later. */
export function bulkRoutes(rules: BulkRules): Route[] {
	const { state } = rules;
	return [
		{
			method: 'PUT',
			pattern: /^\/api\/v2\/users\/update_many(?:\.json)?$/,
			name: 'update users',
			write: true,
			handle: (request) => start(rules, request, 'users', 'Bulk Update User', (item) => updateUser(rules, item, state.users.get(item.id ?? -1))),
		},
		{
			method: 'POST',
			pattern: /^\/api\/v2\/users\/create_or_update_many(?:\.json)?$/,
			name: 'create users',
			write: true,
			handle: (request) => {
				if (!rules.importsOn) return refusals.importsOff();
				return start(rules, request, 'users', 'Bulk Create Or Update User', (item, index) => createOrUpdateUser(rules, item, index));
			},
		},
		{
			method: 'PUT',
			pattern: /^\/api\/v2\/organizations\/update_many(?:\.json)?$/,
			name: 'update organizations',
			write: true,
			handle: (request) => start(rules, request, 'organizations', 'Bulk Update Organization', (item) => updateOrganization(rules, item)),
		},
	];
}

function start(rules: BulkRules, request: VendorRequest, key: string, jobType: string, work: (item: Item, index: number) => Result): VendorReply {
	if (!rules.allowed()) return refusals.forbidden();
	const parsed = z.object({ [key]: z.array(itemSchema) }).safeParse(request.json);
	const items = parsed.success ? parsed.data[key] : undefined;
	if (!items) return refusals.badRequest(`Parameter ${key} is required`);
	if (items.length > MAX_ITEMS) return refusals.tooManyValues(key, MAX_ITEMS);
	if (rules.runningJobs() >= rules.maxJobs) return refusals.tooManyJobs(rules.maxJobs);
	const end = rules.state.nextJob ?? 'completed';
	rules.state.nextJob = undefined;
	const job: ZendeskJob = {
		id: randomUUID().replaceAll('-', ''),
		job_type: jobType,
		polls: 0,
		startedAt: Date.now(),
		end,
		message: end === 'completed' ? `Completed at ${zendeskTime(rules.now())}` : 'The job was stopped',
		results: end === 'completed' ? items.map(work) : [],
		total: items.length,
	};
	rules.state.jobs.set(job.id, job);
	return { body: { job_status: jobReply(job, 'queued', rules.url()) } };
}

function updateUser(rules: BulkRules, item: Item, user: ZendeskUser | undefined): Result {
	const failed = (details: string) => refusedUpdate(item, 'UserUpdateError', details);
	if (!user || !user.active) return failed('User: not found');
	const refused = rules.state.refuse.get(String(user.id));
	if (refused) return failed(refused);
	const { id, email, user_fields: fields, skip_verify_email: _skip, ...own } = item;
	const problem = assignFields(user.user_fields, asObject(fields), rules.state.userFields);
	if (problem) return failed(problem);
	Object.assign(user, own, { updated_at: zendeskTime(rules.now()) });
	return { id: user.id, action: 'update', status: 'Updated', success: true, ...(id === undefined && email && { email }) };
}

function createOrUpdateUser(rules: BulkRules, item: Item, index: number): Result {
	const { state } = rules;
	// Zendesk puts the position of a refused new user where the ID would stand.
	const failed = (details: string): Result => ({ id: index, status: 'Failed', error: 'UserCreateError', details });
	const email = item.email?.toLowerCase();
	const refused = state.refuse.get(email ?? '');
	if (refused) return failed(refused);
	const externalId = item['external_id'];
	const existing = [...state.users.values()].find(
		(user) => user.active && ((email && user.email?.toLowerCase() === email) || (externalId !== undefined && user.external_id === externalId)),
	);
	if (existing) return updateUser(rules, { ...item, id: undefined }, existing);
	if (!item.name) return failed('Name: is too short (minimum is 1 characters)');
	if (!email || !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) return failed(`Email: ${item.email ?? ''} is not properly formatted`);
	const now = zendeskTime(rules.now());
	const id = state.nextId++;
	const seed = { id: String(id), firstName: item.name, lastName: null, email: item.email ?? null, createdAt: now, updatedAt: now };
	const user: ZendeskUser = { ...userOf(seed, rules.url()), verified: false };
	const problem = assignFields(user.user_fields, asObject(item['user_fields']), state.userFields);
	if (problem) return failed(problem);
	state.users.set(id, user);
	if (item['skip_verify_email'] !== true) state.mails.push(email);
	return { id, index, status: 'Created', email: item.email };
}

function updateOrganization(rules: BulkRules, item: Item): Result {
	const failed = (details: string) => refusedUpdate(item, 'OrganizationUpdateError', details);
	const organization = rules.state.organizations.get(item.id ?? -1);
	if (!organization || organization.deleted_at) return failed('Organization: not found');
	const refused = rules.state.refuse.get(String(organization.id));
	if (refused) return failed(refused);
	const { id: _id, organization_fields: fields, ...own } = item;
	const problem = assignFields(organization.organization_fields, asObject(fields), rules.state.organizationFields);
	if (problem) return failed(problem);
	Object.assign(organization, own, { updated_at: zendeskTime(rules.now()) });
	return { id: organization.id, action: 'update', status: 'Updated', success: true };
}

function refusedUpdate(item: Item, error: string, details: string): Result {
	return { id: item.id, action: 'update', status: 'Failed', success: false, error, details };
}

function asObject(value: unknown): Record<string, unknown> {
	return value && typeof value === 'object' ? (value as Record<string, unknown>) : {};
}
