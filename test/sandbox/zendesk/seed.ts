import type { SeedCompany, SeedPerson, SeedTicket, World } from '../world/types';
import { emptyState, type ZendeskOrganization, type ZendeskState, type ZendeskTicket, type ZendeskUser, zendeskTime } from './state';

/** The customers of a made-up company as Zendesk would keep them, beside the admin whose token is used. */
export function seedState(world: World['zendesk'] | undefined, admin: { email: string; role: ZendeskUser['role'] }, url: string): ZendeskState {
	const state = emptyState();
	for (const person of world?.users ?? []) state.users.set(Number(person.id), userOf(person, url));
	for (const company of world?.organizations ?? []) state.organizations.set(Number(company.id), organizationOf(company, url));
	for (const ticket of world?.tickets ?? []) state.tickets.set(Number(ticket.id), ticketOf(ticket, url));
	const used = [...state.users.keys(), ...state.organizations.keys()];
	state.nextId = used.reduce((highest, id) => Math.max(highest, id), state.nextId) + 1;
	const at = '2020-01-01T09:00:00Z';
	const id = state.nextId++;
	const person = { id: String(id), firstName: 'Support', lastName: 'Team', email: admin.email, createdAt: at, updatedAt: at };
	state.users.set(id, { ...userOf(person, url), role: admin.role });
	return state;
}

type UserSeed = Pick<SeedPerson, 'id' | 'firstName' | 'lastName' | 'email' | 'createdAt' | 'updatedAt'> & Partial<SeedPerson>;

export function userOf(person: UserSeed, url: string): ZendeskUser {
	const id = Number(person.id);
	const name = [person.firstName, person.lastName].filter(Boolean).join(' ');
	return {
		id,
		url: `${url}/api/v2/users/${id}.json`,
		name: name || person.email?.split('@')[0] || person.phone || 'Unknown',
		email: person.email,
		created_at: zendeskTime(Date.parse(person.createdAt)),
		updated_at: zendeskTime(Date.parse(person.updatedAt)),
		time_zone: 'Berlin',
		iana_time_zone: 'Europe/Berlin',
		phone: person.phone ?? null,
		shared_phone_number: null,
		photo: null,
		locale_id: 1,
		locale: 'en-US',
		organization_id: person.companyId ? Number(person.companyId) : null,
		role: 'end-user',
		verified: true,
		external_id: null,
		tags: [],
		alias: '',
		active: true,
		shared: false,
		shared_agent: false,
		last_login_at: null,
		two_factor_auth_enabled: null,
		signature: null,
		details: '',
		notes: '',
		role_type: null,
		custom_role_id: null,
		moderator: false,
		ticket_restriction: 'requested',
		only_private_comments: false,
		restricted_agent: true,
		suspended: false,
		default_group_id: null,
		report_csv: false,
		user_fields: {},
	};
}

export function organizationOf(company: SeedCompany, url: string): ZendeskOrganization {
	const id = Number(company.id);
	return {
		id,
		url: `${url}/api/v2/organizations/${id}.json`,
		name: company.name,
		shared_tickets: false,
		shared_comments: false,
		external_id: null,
		created_at: zendeskTime(Date.parse(company.createdAt)),
		updated_at: zendeskTime(Date.parse(company.updatedAt)),
		domain_names: company.domain ? [company.domain] : [],
		details: [company.city, company.country].filter(Boolean).join(', '),
		notes: '',
		group_id: null,
		tags: [],
		organization_fields: {},
		deleted_at: null,
	};
}

export function ticketOf(ticket: SeedTicket, url: string): ZendeskTicket {
	const id = Number(ticket.id);
	return {
		id,
		url: `${url}/api/v2/tickets/${id}.json`,
		external_id: null,
		via: { channel: 'email', source: { from: {}, to: {}, rel: null } },
		created_at: zendeskTime(Date.parse(ticket.createdAt)),
		updated_at: zendeskTime(Date.parse(ticket.updatedAt)),
		generated_timestamp: Math.floor(Date.parse(ticket.updatedAt) / 1000),
		type: null,
		subject: ticket.subject,
		raw_subject: ticket.subject,
		description: ticket.subject,
		priority: ticket.priority,
		status: ticket.status,
		recipient: null,
		requester_id: Number(ticket.requesterId),
		submitter_id: Number(ticket.requesterId),
		assignee_id: null,
		organization_id: null,
		group_id: null,
		collaborator_ids: [],
		follower_ids: [],
		email_cc_ids: [],
		has_incidents: false,
		is_public: true,
		due_at: null,
		tags: [],
		custom_fields: [],
		satisfaction_rating: { score: 'unoffered' },
		sharing_agreement_ids: [],
		brand_id: 1,
		allow_channelback: false,
		allow_attachments: true,
	};
}
