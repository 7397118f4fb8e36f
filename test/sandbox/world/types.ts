/**
 * What a made-up company knows about its customers in four systems, in neutral words.
 * `truthId` says who it really is; it is never put into a look-alike, only compared with afterwards.
 */
export interface SeedPerson {
	id: string;
	truthId: string;
	firstName: string | null;
	lastName: string | null;
	email: string | null;
	phone: string | null;
	jobTitle: string | null;
	companyId: string | null;
	companyName: string | null;
	street: string | null;
	city: string | null;
	postalCode: string | null;
	country: string | null;
	/** ISO 8601 date, only where the system keeps one. */
	birthDate: string | null;
	/** ISO 8601 in UTC. */
	createdAt: string;
	updatedAt: string;
	/** Email marketing, only where the system keeps it. */
	consent: 'subscribed' | 'unsubscribed' | 'cleaned' | 'pending' | null;
}

export interface SeedCompany {
	id: string;
	truthId: string;
	name: string;
	domain: string | null;
	phone: string | null;
	city: string | null;
	country: string | null;
	createdAt: string;
	updatedAt: string;
}

export interface SeedSubscription {
	id: string;
	customerId: string;
	status: 'active' | 'trialing' | 'past_due' | 'canceled';
	monthlyMinor: number;
	currency: string;
	startedAt: string;
	canceledAt: string | null;
}

export interface SeedInvoice {
	id: string;
	customerId: string;
	/** `failed`: payment was tried and refused; still open. */
	status: 'paid' | 'open' | 'failed' | 'void';
	amountMinor: number;
	currency: string;
	createdAt: string;
	paidAt: string | null;
}

export interface SeedTicket {
	id: string;
	requesterId: string;
	subject: string;
	status: 'new' | 'open' | 'pending' | 'solved' | 'closed';
	priority: 'low' | 'normal' | 'high' | 'urgent' | null;
	createdAt: string;
	updatedAt: string;
}

/** IDs are in the form of their vendor. */
export interface World {
	hubspot: { contacts: SeedPerson[]; companies: SeedCompany[] };
	stripe: { customers: SeedPerson[]; subscriptions: SeedSubscription[]; invoices: SeedInvoice[] };
	zendesk: { users: SeedPerson[]; organizations: SeedCompany[]; tickets: SeedTicket[] };
	mailchimp: { members: SeedPerson[] };
}
