import { createHash } from 'node:crypto';
import { z } from 'zod/v4';
import type { RawRecord } from '../../domain';
import { type HttpClient, TerminalError } from '../../transport';
import { RESOURCE_MISSING } from './errors';
import { LARGEST_PAGE, objectSchema, readList, type StripeEvent } from './lists';
import type { StripeObject } from './objects';

/*
 * Stripe's objects carry no time of change, so every record gets a label (updatedAt, version) by which the store tells
 * the newer of two readings. Times are seconds of the vendor's own clock.
 *
 * From an event: (time of the event, "1-<events of this object in that second>-<highest event ID of them>").
 * From a full listing: (start of the listing less the overlap, "0-<hash>"), that is, the moment from which the next pull
 * reads events. This makes the order right in every case:
 * - A change during the listing has an event that is later than the label: it wins, whether the listing saw it or not.
 * - A change before that moment is in the listing, and its event, should a webhook deliver it late, loses.
 * - A change within the overlap is read again from events. It wins against the listing, which is harmless: the last event
 *   of an object is its state now, and all events since the label are read.
 * - A listing that is done again because the cursor was too old is later than everything stored before it.
 * - Within one second the order of events is not known. Several of them are settled by asking for the object itself, and their
 *   number stands in the version, so that the reading that knew more of them wins.
 */

/** A record as a full listing gives it. `label` in seconds since 1970. */
export async function listedRecord(client: HttpClient, object: StripeObject, json: StripeJsonRecord, label: number): Promise<RawRecord> {
	const raw = await complete(client, object, json);
	const hash = createHash('sha256').update(JSON.stringify(raw)).digest('hex').slice(0, 16);
	return { ...labelOf(object, json.id, label), version: `0-${hash}`, raw };
}

type StripeJsonRecord = Record<string, unknown> & { id: string };

/**
 * The records that these events speak of, each once and in its last state. The events hold every one of each second that they touch.
 * The object inside an event is its complete state at that time, so no further call is needed, save where one second has several
 * events of one object.
 */
export async function changedRecords(client: HttpClient, object: StripeObject, events: readonly StripeEvent[]): Promise<RawRecord[]> {
	const byId = new Map<string, StripeEvent[]>();
	for (const event of events) {
		const { id } = event.data.object;
		byId.set(id, [...(byId.get(id) ?? []), event]);
	}
	return Promise.all([...byId].map(([id, changes]) => changedRecord(client, object, id, changes)));
}

async function changedRecord(client: HttpClient, object: StripeObject, id: string, changes: readonly StripeEvent[]): Promise<RawRecord> {
	const second = Math.max(...changes.map((event) => event.created));
	const last = changes.filter((event) => event.created === second);
	const highest = last.map((event) => event.id).sort().at(-1);
	const label = { ...labelOf(object, id, second), version: `1-${String(last.length).padStart(4, '0')}-${highest}` };
	if (changes.some((event) => event.type === object.gone)) return goneRecord(label, object);
	const [first, ...others] = last.map((event) => event.data.object);
	const text = JSON.stringify(first);
	const agreed = first && others.every((other) => JSON.stringify(other) === text) ? first : undefined;
	const state = agreed ?? (await fetchObject(client, object, id));
	if (!state || state.deleted === true) return goneRecord(label, object);
	return { ...label, raw: await complete(client, object, state) };
}

function labelOf(object: StripeObject, sourceId: string, second: number): Pick<RawRecord, 'system' | 'object' | 'sourceId' | 'updatedAt'> {
	return { system: 'stripe', object: object.name, sourceId, updatedAt: new Date(second * 1000).toISOString() };
}

/** What a deleted object held is not passed on. */
function goneRecord(label: Omit<RawRecord, 'raw'>, object: StripeObject): RawRecord {
	return { ...label, raw: { id: label.sourceId, object: object.name, deleted: true }, deleted: true };
}

/** Undefined when the object does not exist any more. A deleted customer is answered as `{ id, deleted: true }`. */
async function fetchObject(client: HttpClient, object: StripeObject, id: string): Promise<StripeJsonRecord | undefined> {
	try {
		const reply = await client.request({
			method: 'GET',
			path: `${object.path}/${encodeURIComponent(id)}`,
			operation: `read one ${object.name}`,
			reply: z.looseObject({ id: z.string().min(1) }),
		});
		return reply.body;
	} catch (error) {
		if (error instanceof TerminalError && error.context.code === RESOURCE_MISSING) return undefined;
		throw error;
	}
}

const itemsSchema = z.looseObject({ has_more: z.literal(true), data: z.array(z.unknown()) });

/** A subscription holds its first items only; the others are fetched. https://docs.stripe.com/api/subscription_items/list */
async function complete(client: HttpClient, object: StripeObject, raw: StripeJsonRecord): Promise<StripeJsonRecord> {
	const items = object.name === 'subscription' ? itemsSchema.safeParse(raw.items) : undefined;
	if (!items?.success) return raw;
	const all = [];
	for (let after: string | undefined, more = true; more; ) {
		const page = await readList(client, {
			path: '/v1/subscription_items',
			query: { subscription: raw.id, limit: LARGEST_PAGE, starting_after: after },
			operation: 'read subscription items',
			item: objectSchema,
		});
		all.push(...page.data);
		after = page.data.at(-1)?.id;
		more = page.hasMore;
	}
	return { ...raw, items: { ...items.data, data: all, has_more: false } };
}
