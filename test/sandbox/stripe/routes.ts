import type { Route, VendorReply, VendorRequest } from '../vendor-server';
import { createCustomer, updateCustomer } from './customers';
import { noSuch, refuse } from './errors';
import { decodeForm, type FormObject } from './form';
import type { Idempotency } from './idempotency';
import { createdWithin, listReply, readQuery } from './lists';
import { shownSubscription } from './objects';
import type { StoredObject, StripeState } from './state';

export function stripeRoutes(state: StripeState, idempotency: Idempotency): Route[] {
	const form = (request: VendorRequest): FormObject => decodeForm(request.form ?? new URLSearchParams());
	return [
		{ method: 'GET', pattern: /^\/v1\/customers$/, name: 'list customers', handle: (request) => listCustomers(state, request) },
		{
			method: 'POST',
			pattern: /^\/v1\/customers$/,
			name: 'create customer',
			write: true,
			handle: (request) => idempotency.run(request, () => ({ body: createCustomer(state, form(request)) })),
		},
		{ method: 'GET', pattern: /^\/v1\/customers\/([^/]+)$/, name: 'get customer', handle: (request) => getCustomer(state, idOf(request)) },
		{
			method: 'POST',
			pattern: /^\/v1\/customers\/([^/]+)$/,
			name: 'update customer',
			write: true,
			handle: (request) => idempotency.run(request, () => ({ body: updateCustomer(state, idOf(request), form(request)) })),
		},
		{
			method: 'DELETE',
			pattern: /^\/v1\/customers\/([^/]+)$/,
			name: 'delete customer',
			write: true,
			handle: (request) => deleteCustomer(state, idOf(request)),
		},
		{ method: 'GET', pattern: /^\/v1\/subscriptions$/, name: 'list subscriptions', handle: (request) => listSubscriptions(state, request) },
		{
			method: 'GET',
			pattern: /^\/v1\/subscriptions\/([^/]+)$/,
			name: 'get subscription',
			handle: (request) => ({ body: shownSubscription(state.subscriptions.get(idOf(request)) ?? noSuch('subscription', idOf(request), 'id')) }),
		},
		{ method: 'GET', pattern: /^\/v1\/subscription_items$/, name: 'list subscription items', handle: (request) => listItems(state, request) },
		{ method: 'GET', pattern: /^\/v1\/invoices$/, name: 'list invoices', handle: (request) => listInvoices(state, request) },
		{
			method: 'GET',
			pattern: /^\/v1\/invoices\/([^/]+)$/,
			name: 'get invoice',
			handle: (request) => ({ body: state.invoices.get(idOf(request)) ?? noSuch('invoice', idOf(request), 'id') }),
		},
		{ method: 'GET', pattern: /^\/v1\/events$/, name: 'list events', handle: (request) => listEvents(state, request) },
		{
			method: 'GET',
			pattern: /^\/v1\/events\/([^/]+)$/,
			name: 'get event',
			handle: (request) => ({ body: state.events.get(idOf(request)) ?? noSuch('event', idOf(request), 'id') }),
		},
	];
}

function idOf(request: VendorRequest): string {
	return decodeURIComponent(request.params[0] ?? '');
}

function getCustomer(state: StripeState, id: string): VendorReply {
	if (state.deletedCustomers.has(id)) return { body: { id, object: 'customer', deleted: true } };
	return { body: state.customers.get(id) ?? noSuch('customer', id, 'id') };
}

function deleteCustomer(state: StripeState, id: string): VendorReply {
	if (!state.customers.get(id)) noSuch('customer', id, 'id');
	state.deleteCustomer(id);
	return { body: { id, object: 'customer', deleted: true } };
}

function listCustomers(state: StripeState, request: VendorRequest): VendorReply {
	const query = readQuery(request, ['created', 'email', 'test_clock']);
	const within = createdWithin(query.created);
	const { email } = query;
	const items = state.customers.newestFirst().filter((customer) => within(customer) && (email === undefined || customer.email === email));
	return listReply(query, request.path, 'customer', items, (id) => state.customers.get(id));
}

function listSubscriptions(state: StripeState, request: VendorRequest): VendorReply {
	const query = readQuery(request, ['created', 'customer', 'status', 'price', 'collection_method']);
	const within = createdWithin(query.created);
	const { customer, status } = query;
	const hasStatus = (subscription: StoredObject): boolean => {
		if (status === undefined) return subscription.status !== 'canceled';
		if (status === 'ended') return subscription.status === 'canceled' || subscription.status === 'incomplete_expired';
		return status === 'all' || subscription.status === status;
	};
	const isOf = (subscription: StoredObject): boolean => customer === undefined || subscription.customer === customer;
	const items = state.subscriptions.newestFirst().filter((one) => within(one) && hasStatus(one) && isOf(one));
	return listReply(query, request.path, 'subscription', items.map(shownSubscription), (id) => state.subscriptions.get(id));
}

function listItems(state: StripeState, request: VendorRequest): VendorReply {
	const query = readQuery(request, ['subscription']);
	const { subscription: id } = query;
	if (typeof id !== 'string') {
		return refuse(400, { code: 'parameter_missing', message: 'Missing required param: subscription.', param: 'subscription' });
	}
	const subscription = state.subscriptions.get(id) ?? noSuch('subscription', id, 'subscription');
	const items = [...(subscription.items as { data: StoredObject[] }).data].sort((a, b) => b.created - a.created || (a.id < b.id ? 1 : -1));
	return listReply(query, request.path, 'subscription_item', items, (item) => items.find((one) => one.id === item));
}

function listInvoices(state: StripeState, request: VendorRequest): VendorReply {
	const query = readQuery(request, ['created', 'customer', 'status', 'subscription', 'collection_method', 'due_date']);
	const within = createdWithin(query.created);
	const { customer, status } = query;
	const items = state.invoices
		.newestFirst()
		.filter((one) => within(one) && (status === undefined || one.status === status) && (customer === undefined || one.customer === customer));
	return listReply(query, request.path, 'invoice', items, (id) => state.invoices.get(id));
}

/** `type` may end with a wildcard, `types` are up to 20 exact names. https://docs.stripe.com/api/events/list */
function listEvents(state: StripeState, request: VendorRequest): VendorReply {
	const query = readQuery(request, ['created', 'type', 'types', 'delivery_success']);
	const types = typeof query.types === 'object' ? Object.values(query.types).map(String) : undefined;
	if (types && query.type !== undefined) refuse(400, { message: 'You may only specify one of these parameters: type, types.' });
	if (types && types.length > 20) refuse(400, { message: 'You may specify up to 20 event types.', param: 'types' });
	const pattern = typeof query.type === 'string' ? query.type : undefined;
	const wanted = (type: string): boolean => {
		if (types) return types.includes(type);
		if (pattern === undefined) return true;
		return pattern.endsWith('*') ? type.startsWith(pattern.slice(0, -1)) : type === pattern;
	};
	const within = createdWithin(query.created);
	const { events } = state;
	const items = events.newestFirst().filter((event) => within(event) && wanted(String(event.type)));
	return listReply(query, request.path, 'event', items, (id) => events.get(id));
}
