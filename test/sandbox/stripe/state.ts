import { createHash } from 'node:crypto';

export interface StoredObject {
	id: string;
	object: string;
	/** Seconds since 1970. */
	created: number;
	[field: string]: unknown;
}

export type Kind = 'customer' | 'subscription' | 'invoice' | 'event';

/** One kind of object: looked up by ID, listed newest first. Within a second the order is by ID, which tells nothing about time. */
export class Shelf {
	private readonly byId = new Map<string, StoredObject>();
	private order: StoredObject[] | undefined;

	get(id: string): StoredObject | undefined {
		return this.byId.get(id);
	}

	put(object: StoredObject): void {
		this.byId.set(object.id, object);
		this.order = undefined;
	}

	remove(id: string): void {
		this.byId.delete(id);
		this.order = undefined;
	}

	get size(): number {
		return this.byId.size;
	}

	newestFirst(): readonly StoredObject[] {
		this.order ??= [...this.byId.values()].sort((a, b) => b.created - a.created || (a.id < b.id ? 1 : -1));
		return this.order;
	}
}

const EVENT_DAYS = 30;

/** The vendor's data. Every change leaves an event with the object as it was right after it, in the form of the account's own API version. */
export class StripeState {
	readonly customers = new Shelf();
	readonly subscriptions = new Shelf();
	readonly invoices = new Shelf();
	readonly deletedCustomers = new Set<string>();
	private readonly allEvents = new Shelf();
	private readonly saves = new Map<string, number>();
	private counter = 0;

	constructor(
		readonly clock: () => number,
		readonly eventVersion = '2023-08-16',
	) {}

	now(): number {
		return Math.floor(this.clock() / 1000);
	}

	/** Events of the last 30 days; older ones are forgotten. */
	get events(): Shelf {
		const oldest = this.now() - EVENT_DAYS * 86_400;
		for (const event of this.allEvents.newestFirst().toReversed()) {
			if (event.created >= oldest) break;
			this.allEvents.remove(event.id);
		}
		return this.allEvents;
	}

	shelf(kind: Kind): Shelf {
		return { customer: this.customers, subscription: this.subscriptions, invoice: this.invoices, event: this.events }[kind];
	}

	/** An ID in the vendor's form that says nothing about the order of making. */
	newId(prefix: string): string {
		this.counter += 1;
		return `${prefix}_${createHash('sha256').update(`${prefix}${this.counter}`).digest('base64url').replace(/[-_]/g, 'x').slice(0, 16)}`;
	}

	/** Stores an object and notes the event. `created` of the event can lie in the past, for seeding. */
	save(kind: Exclude<Kind, 'event'>, object: StoredObject, type: string, at = this.now(), previous?: Record<string, unknown>): StoredObject {
		this.shelf(kind).put(object);
		this.saves.set(object.id, this.savesOf(object.id) + 1);
		this.note(type, object, at, previous);
		return object;
	}

	/** How often an object was made or changed; unlike its events this is never forgotten. */
	savesOf(id: string): number {
		return this.saves.get(id) ?? 0;
	}

	/** A deleted customer stays known by its ID; its running subscriptions end. */
	deleteCustomer(id: string): void {
		const customer = this.customers.get(id);
		if (!customer) return;
		this.customers.remove(id);
		this.deletedCustomers.add(id);
		for (const subscription of this.subscriptions.newestFirst().filter((one) => one.customer === id && one.status !== 'canceled')) {
			const ended = { ...subscription, status: 'canceled', canceled_at: this.now(), ended_at: this.now() };
			this.save('subscription', ended, 'customer.subscription.deleted');
		}
		this.note('customer.deleted', customer, this.now());
	}

	/** Drafts only, as with the vendor. */
	deleteInvoice(id: string): void {
		const invoice = this.invoices.get(id);
		if (!invoice) return;
		this.invoices.remove(id);
		this.note('invoice.deleted', invoice, this.now());
	}

	private note(type: string, object: StoredObject, at: number, previous?: Record<string, unknown>): void {
		if (at < this.now() - EVENT_DAYS * 86_400) return;
		this.allEvents.put({
			id: this.newId('evt'),
			object: 'event',
			api_version: this.eventVersion,
			created: at,
			data: { object: structuredClone(object), ...(previous && { previous_attributes: previous }) },
			livemode: object.livemode,
			pending_webhooks: 0,
			request: { id: null, idempotency_key: null },
			type,
		});
	}
}
