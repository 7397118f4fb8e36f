import type { Scalar } from '../../domain';
import { type HttpClient, redact, TerminalError } from '../../transport';
import type { WriteItem, WriteResult } from '../definition';
import { ORGANIZATION_FIELDS, USER_FIELDS } from './fields';
import { findUserByEmail } from './find-user';
import { followJobs, type JobPatience, startJob } from './jobs';
import { outcomeOf, resultsById, resultsByPosition } from './outcome';

/**
 * Zendesk takes at most 100 records in one bulk call.
 * https://developer.zendesk.com/api-reference/ticketing/users/users/#update-many-users
 */
export const MAX_BATCH = 100;

type Body = Record<string, unknown>;

/** A new user and the place of its item in the batch. */
interface Creation {
	at: number;
	email: string;
	body: Body;
}

/**
 * Writes up to 100 users.
 *
 * Known IDs go through `update_many`, which names the record itself. `create_or_update_many` finds it by email or external ID instead: where
 * a customer's email has changed since the last read it would make a second user, and to name the record by external ID we would have to
 * write one, which belongs to another system. So `create_or_update_many` is for new users only, by email; as an upsert it stays harmless
 * when the answer is lost and the request repeated.
 * A role is never sent (Zendesk makes a new user an end user by itself), nor a verification, and `skip_verify_email` keeps Zendesk from
 * writing to the customer.
 * https://developer.zendesk.com/api-reference/ticketing/users/users/#create-or-update-many-users
 */
export async function writeUsers(client: HttpClient, items: readonly WriteItem[], patience: JobPatience): Promise<WriteResult[]> {
	const results: (WriteResult | undefined)[] = items.map(() => undefined);
	const updates = new Updates();
	const creations = new Map<string, Creation>();
	await Promise.all(
		items.map(async (item, at) => {
			results[at] = item.targetId === null ? await planCreation(client, item, at, updates, creations) : planUpdate(item, at, updates, USER_FIELDS.own);
		}),
	);
	const updateJob = await updates.start(client, 'users', 'user_fields');
	const creating = [...creations.values()];
	const createJob = creating.length > 0 ? await startCreation(client, creating, updateJob !== undefined, results) : undefined;

	const jobs = await followJobs(client, [updateJob, createJob].filter((id) => id !== undefined), patience);
	updates.settle(updateJob === undefined ? undefined : jobs.get(updateJob), results);
	if (createJob !== undefined) {
		const job = jobs.get(createJob);
		const told = job ? resultsByPosition(job, creating.map((creation) => creation.email)) : undefined;
		creating.forEach((creation, position) => {
			results[creation.at] = outcomeOf(job, told?.get(position));
		});
	}
	return results.map((result) => result ?? outcomeOf(undefined, undefined));
}

/** Writes up to 100 organizations, known ones only: Zendesk has no bulk upsert for them. */
export async function writeOrganizations(client: HttpClient, items: readonly WriteItem[], patience: JobPatience): Promise<WriteResult[]> {
	const updates = new Updates();
	const results = items.map((item, at) =>
		item.targetId === null
			? ({ status: 'skipped', reason: 'organizations are not created, only updated' } as const)
			: planUpdate(item, at, updates, ORGANIZATION_FIELDS.own),
	);
	const job = await updates.start(client, 'organizations', 'organization_fields');
	const jobs = await followJobs(client, job === undefined ? [] : [job], patience);
	updates.settle(job === undefined ? undefined : jobs.get(job), results);
	return results.map((result) => result ?? outcomeOf(undefined, undefined));
}

function planUpdate(item: WriteItem, at: number, updates: Updates, own: Readonly<Record<string, string>>): WriteResult | undefined {
	const targetId = item.targetId ?? '';
	if (!/^\d+$/.test(targetId)) return { status: 'failed', reason: 'the ID is not one of Zendesk: it has digits only' };
	if (Object.keys(item.fields).length === 0) return { status: 'acknowledged', targetId };
	updates.add(targetId, at, item.fields, own);
	return undefined;
}

async function planCreation(
	client: HttpClient,
	item: WriteItem,
	at: number,
	updates: Updates,
	creations: Map<string, Creation>,
): Promise<WriteResult | undefined> {
	const email = item.email?.trim().toLowerCase() ?? '';
	if (!/^[^\s@]+@[^\s@]+$/.test(email)) {
		return { status: 'failed', reason: 'a new user needs an email; give the profile one, or do not create users', field: 'email' };
	}
	if (creations.has(email)) return { status: 'failed', reason: 'another new user of this batch has the same email', field: 'email' };
	const { own, custom } = split(item.fields, USER_FIELDS.own);
	// Zendesk refuses a user without a name; like for a mail from an unknown sender, the mailbox stands in until someone knows better.
	const name = own['name'] || item.name || email.slice(0, email.indexOf('@'));
	creations.set(email, { at, email, body: { ...own, name, email, skip_verify_email: true, user_fields: custom } });

	const existing = await findUserByEmail(client, email);
	if (!existing) return undefined;
	creations.delete(email);
	if (existing.role !== 'end-user') return { status: 'skipped', reason: 'the email belongs to an agent or admin in Zendesk, not to a customer' };
	return planUpdate({ ...item, targetId: existing.id }, at, updates, USER_FIELDS.own);
}

/** Starts the creation. When the batch also has updates, a refusal concerns the new users alone and is their result. */
async function startCreation(
	client: HttpClient,
	creating: readonly Creation[],
	alsoUpdates: boolean,
	results: (WriteResult | undefined)[],
): Promise<string | undefined> {
	try {
		const users = creating.map((creation) => creation.body);
		return await startJob(client, 'POST', '/api/v2/users/create_or_update_many', { users }, 'create users');
	} catch (error) {
		if (!alsoUpdates || !(error instanceof TerminalError)) throw error;
		for (const creation of creating) results[creation.at] = { status: 'failed', reason: redact(error.message) };
		return undefined;
	}
}

/** Changes to records with known IDs: one entry a record, even where two items of the batch mean the same one. */
class Updates {
	private readonly records = new Map<string, { places: number[]; own: Body; custom: Body }>();

	add(id: string, at: number, fields: WriteItem['fields'], ownNames: Readonly<Record<string, string>>): void {
		const entry = this.records.get(id) ?? { places: [], own: {}, custom: {} };
		const { own, custom } = split(fields, ownNames);
		entry.places.push(at);
		Object.assign(entry.own, own);
		Object.assign(entry.custom, custom);
		this.records.set(id, entry);
	}

	/** Starts the job; undefined when there is nothing to change. Only the fields named are changed, others keep their value. */
	async start(client: HttpClient, plural: 'users' | 'organizations', fieldsKey: string): Promise<string | undefined> {
		if (this.records.size === 0) return undefined;
		const bodies = [...this.records].map(([id, { own, custom }]) => ({
			id: Number(id),
			...own,
			...(Object.keys(custom).length > 0 && { [fieldsKey]: custom }),
		}));
		return startJob(client, 'PUT', `/api/v2/${plural}/update_many`, { [plural]: bodies }, `update ${plural}`);
	}

	settle(job: Parameters<typeof outcomeOf>[0], results: (WriteResult | undefined)[]): void {
		const told = job && resultsById(job);
		for (const [id, { places }] of this.records) {
			for (const at of places) results[at] = outcomeOf(job, told?.get(id), id);
		}
	}
}

type Fields = Record<string, Scalar | null>;

function split(fields: Fields, ownNames: Readonly<Record<string, string>>): { own: Fields; custom: Fields } {
	const own: Fields = {};
	const custom: Fields = {};
	for (const [name, value] of Object.entries(fields)) (Object.hasOwn(ownNames, name) ? own : custom)[name] = value;
	return { own, custom };
}
