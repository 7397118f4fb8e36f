import type { SeedInvoice, SeedPerson, SeedSubscription, World } from '../world/types';
import { customerObject, invoiceObject, subscriptionItem, subscriptionObject } from './objects';
import type { StripeState } from './state';

/** Fills the look-alike; what changed lately has left its event, as with the vendor. */
export function seedStripe(state: StripeState, world: World['stripe']): void {
	for (const person of world.customers) seedCustomer(state, person);
	for (const subscription of world.subscriptions) seedSubscription(state, subscription);
	for (const invoice of world.invoices) seedInvoice(state, invoice);
}

const seconds = (iso: string): number => Math.floor(Date.parse(iso) / 1000);

function seedCustomer(state: StripeState, person: SeedPerson): void {
	const created = seconds(person.createdAt);
	const hasAddress = Boolean(person.street ?? person.city ?? person.postalCode ?? person.country);
	const customer = customerObject(person.id, created, {
		name: [person.firstName, person.lastName].filter(Boolean).join(' ') || person.companyName,
		email: person.email,
		phone: person.phone,
		...(hasAddress && {
			address: { city: person.city, country: person.country, line1: person.street, line2: null, postal_code: person.postalCode, state: null },
		}),
	});
	const changed = seconds(person.updatedAt);
	state.save('customer', customer, changed > created ? 'customer.updated' : 'customer.created', changed);
}

/** Every fourth subscription is paid by the year, twelve months at once. */
function seedSubscription(state: StripeState, seed: SeedSubscription): void {
	const created = seconds(seed.startedAt);
	const ended = seed.canceledAt === null ? null : seconds(seed.canceledAt);
	const yearly = (seed.id.codePointAt(seed.id.length - 1) ?? 0) % 4 === 0;
	const currency = seed.currency.toLowerCase();
	const terms = { unitAmount: yearly ? seed.monthlyMinor * 12 : seed.monthlyMinor, interval: yearly ? ('year' as const) : ('month' as const) };
	const item = subscriptionItem(seed.id.replace(/^sub/, 'si'), seed.id, created, currency, terms);
	const subscription = subscriptionObject(seed.id, seed.customerId, created, currency, [item], {
		status: seed.status,
		...(ended !== null && { canceled_at: ended, ended_at: ended }),
	});
	state.save('subscription', subscription, ended === null ? 'customer.subscription.created' : 'customer.subscription.deleted', ended ?? created);
}

function seedInvoice(state: StripeState, seed: SeedInvoice): void {
	const created = seconds(seed.createdAt);
	const paidAt = seed.paidAt === null ? null : seconds(seed.paidAt);
	const failed = seed.status === 'failed';
	const invoice = invoiceObject(seed.id, seed.customerId, created, seed.amountMinor, seed.currency.toLowerCase(), {
		status: failed ? 'open' : seed.status,
		status_transitions: { finalized_at: created, marked_uncollectible_at: null, paid_at: paidAt, voided_at: seed.status === 'void' ? created : null },
		...(failed && { attempt_count: 2, attempted: true }),
	});
	const types = { paid: 'invoice.paid', failed: 'invoice.payment_failed', void: 'invoice.voided', open: 'invoice.finalized' };
	state.save('invoice', invoice, types[seed.status], paidAt ?? created);
}
