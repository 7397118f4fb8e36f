import type { HttpClient } from '../../transport';
import type { SettingDefinition, Settings } from '../definition';
import { listsSchema } from './schemas';

/** Largest page of any collection. https://mailchimp.com/developer/marketing/docs/methods-parameters/#pagination */
export const LARGEST_PAGE = 1_000;

export const audienceSetting: SettingDefinition = {
	name: 'audience',
	label: 'Audience',
	description: 'The Mailchimp audience. Needed to add members; empty reads and updates the members of all audiences',
	requiredFor: ['create'],
	all: 'All Audiences',
	load: async (client) => (await allLists(client)).map((list) => ({ label: list.name || list.id, value: list.id })),
};

/** All audiences of the account, by ID, so that a pull that was stopped finds the same order again. */
export async function allLists(client: HttpClient): Promise<{ id: string; name: string }[]> {
	const found: { id: string; name: string }[] = [];
	for (;;) {
		const { body } = await client.request({
			method: 'GET',
			path: '/lists',
			query: { fields: 'lists.id,lists.name,total_items', count: LARGEST_PAGE, offset: found.length },
			operation: 'read audiences',
			reply: listsSchema,
		});
		found.push(...body.lists);
		if (body.lists.length === 0 || found.length >= body.total_items) break;
	}
	return found.sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** IDs of the audiences that a setting means: the chosen one or all. */
export async function chosenLists(client: HttpClient, settings: Settings | undefined): Promise<string[]> {
	const chosen = settings?.audience?.trim();
	return chosen ? [chosen] : (await allLists(client)).map((list) => list.id);
}

export function listPath(listId: string): string {
	return `/lists/${encodeURIComponent(listId)}`;
}

/**
 * Where a member is found. The endpoint takes the MD5 of the address, the address, or the `contact_id`;
 * only the last stays the same when the address changes. https://mailchimp.com/developer/marketing/api/list-members/update-list-member/
 */
export function memberPath(listId: string, member: string): string {
	return `${listPath(listId)}/members/${encodeURIComponent(member)}`;
}

/** Our source ID. A contact is a member of one audience; the same address in two audiences is two members. */
export function memberSourceId(listId: string, contactId: string): string {
	return `${listId}/${contactId}`;
}

export function parseMemberId(sourceId: string): { listId: string; contactId: string } | undefined {
	const [listId, contactId, ...rest] = sourceId.split('/');
	return listId && contactId && rest.length === 0 ? { listId, contactId } : undefined;
}
