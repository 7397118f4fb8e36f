import { z } from 'zod/v4';
import type { HttpClient } from '../../transport';

const searchSchema = z.object({
	users: z.array(z.looseObject({ id: z.number().int(), email: z.string().nullish(), role: z.string(), active: z.boolean().nullish() })),
});

export interface FoundUser {
	id: string;
	role: string;
}

/**
 * The active user whose primary email this is, whatever the role. Agents and admins are no customers and so unknown to the store, but an
 * upsert by email would find them and give them another name.
 * https://developer.zendesk.com/api-reference/ticketing/users/users/#search-users
 */
export async function findUserByEmail(client: HttpClient, email: string): Promise<FoundUser | undefined> {
	const { body } = await client.request({
		method: 'GET',
		path: '/api/v2/users/search',
		query: { query: `email:${email}` },
		operation: 'find user by email',
		reply: searchSchema,
	});
	// The search is by words, so that similar addresses can be among the answers.
	const user = body.users.find((candidate) => candidate.active !== false && candidate.email?.toLowerCase() === email.toLowerCase());
	return user && { id: String(user.id), role: user.role };
}
