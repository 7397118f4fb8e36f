import type { RawRecord } from '../../../../lib/domain';
import type { Cursor, PullOptions, PullPage, WriteItem, WriteResult } from '../../../../lib/systems/definition';
import { connectMailchimp, type ConnectOverrides, type MailchimpCredentials } from '../../../../lib/systems/mailchimp/client';
import { DEFAULT_FIELDS } from '../../../../lib/systems/mailchimp/fields';
import { pullMembers } from '../../../../lib/systems/mailchimp/pull';
import { disconnectLimiters, type HttpClient } from '../../../../lib/transport';
import { type MailchimpOptions, type MailchimpSandbox, startMailchimp } from '../../../sandbox/mailchimp/server';
import { FIRST_LIST } from '../../../sandbox/mailchimp/seed';
import { type ListState, type MemberState, type MemberStatus, newMember } from '../../../sandbox/mailchimp/state';

const started: MailchimpSandbox[] = [];

/** Starts a look-alike that is closed after the test. */
export async function sandbox(options: MailchimpOptions = {}): Promise<MailchimpSandbox> {
	const running = await startMailchimp(options);
	started.push(running);
	return running;
}

export async function closeAll(): Promise<void> {
	await Promise.all(started.splice(0).map((running) => running.server.close()));
	await disconnectLimiters();
}

export function connect(running: MailchimpSandbox, overrides: ConnectOverrides = {}, credentials: Partial<MailchimpCredentials> = {}): HttpClient {
	const own = { ...(running.credentials as MailchimpCredentials), ...credentials };
	return connectMailchimp(own, { retryDelayMs: 1, timeoutMs: 2_000, pollMs: 1, ...overrides });
}

export function firstList(running: MailchimpSandbox): ListState {
	return running.state.lists.get(FIRST_LIST) as ListState;
}

export const START = Date.UTC(2026, 2, 1);

/** Adds members named m1, m2 ...; `at` gives the second of the last change, counted from {@link START}. */
export function addMembers(
	list: ListState,
	count: number,
	given: (index: number) => Partial<MemberState> & { at?: number } = () => ({}),
): MemberState[] {
	return Array.from({ length: count }, (_, index) => {
		const { at = index, ...rest } = given(index + 1);
		const member = newMember({
			contactId: `contact-${list.id}-${index + 1}`,
			email: `m${index + 1}@example.com`,
			lastChanged: START + at * 1000,
			...rest,
		});
		list.members.set(member.contactId, member);
		return member;
	});
}

export async function pages(client: HttpClient, options: Partial<PullOptions> = {}): Promise<PullPage[]> {
	const found: PullPage[] = [];
	for await (const page of pullMembers(client, { cursor: null, overlapMs: 0, ...options })) found.push(page);
	return found;
}

/** Takes one page a run, each run from the cursor of the one before, until a run ends the pull. */
export async function pagesOneARun(client: HttpClient, options: Partial<PullOptions>, between?: (page: number) => void): Promise<PullPage[]> {
	const found: PullPage[] = [];
	let cursor: Cursor | null = options.cursor ?? null;
	for (let run = 0; run < 500; run += 1) {
		const iterator = pullMembers(client, { overlapMs: 0, ...options, cursor });
		const { value } = await iterator.next();
		await iterator.return(undefined);
		if (!value) return found;
		found.push(value);
		// Cursors are stored as JSON.
		cursor = JSON.parse(JSON.stringify(value.cursor)) as Cursor;
		if (cursor.reading === null && cursor.finished === null) return found;
		between?.(run);
	}
	throw new Error('the pull makes no progress');
}

export function recordsOf(found: readonly PullPage[]): RawRecord[] {
	return found.flatMap((page) => page.records);
}

export function idsOf(found: readonly PullPage[]): string[] {
	return [...new Set(recordsOf(found).map((record) => record.sourceId))].sort();
}

export function item(member: MemberState | null, given: Partial<WriteItem> = {}, listId = FIRST_LIST): WriteItem {
	return {
		targetId: member ? `${listId}/${member.contactId}` : null,
		canonicalId: `c-${member?.contactId ?? 'new'}`,
		fields: { C360_ID: 'c1' },
		...given,
	};
}

export const settings = { audience: FIRST_LIST };

/** A look-alike with members and our merge fields. */
export async function withFields(count: number, status: (index: number) => MemberStatus = () => 'subscribed', options: MailchimpOptions = {}) {
	const vendor = await sandbox(options);
	const list = firstList(vendor);
	const members = addMembers(list, count, (index) => ({ status: status(index) }));
	DEFAULT_FIELDS.forEach((field, index) =>
		list.mergeFields.push({ id: 100 + index, tag: field.target, name: field.label, type: field.type, required: false, public: false }),
	);
	return { vendor, list, members, client: connect(vendor) };
}

export function create(email: string, given: Partial<WriteItem> = {}): WriteItem {
	return item(null, { email, canonicalId: email, ...given });
}

export function statuses(results: readonly WriteResult[]): string[] {
	return results.map((result) => result.status);
}
