import { randomUUID } from 'node:crypto';
import { type INodeExecutionData, type INodeType, type INodeTypeDescription, type IPollFunctions, NodeConnectionTypes } from 'n8n-workflow';
import { CHANGE_EVENT_TYPES, type ChangeEvent, type ChangeEventType, type IdentityStore, releaseLease, takeLease, whileRenewing } from '../../lib';
import { toNodeError } from '../node-errors';
import { emitAndWait, withPatience } from '../polling';
import { storeCredential, storeFor } from '../store-access';

/** Events of one execution. */
const BATCH = 500;
/** Executions of one poll; the rest follows with the next one. */
const MOST_BATCHES = 20;

export class Customer360Trigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Customer 360 Trigger',
		name: 'customer360Trigger',
		icon: { light: 'file:../icons/customer360.svg', dark: 'file:../icons/customer360.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["events"].length ? $parameter["events"].join(", ") : "every change" }}',
		description: 'Start a workflow when profiles are created, change, merge or split, or enter or leave a segment',
		defaults: { name: 'Profile Changes' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [storeCredential],
		properties: [
			{
				displayName: 'Events',
				name: 'events',
				type: 'multiOptions',
				options: CHANGE_EVENT_TYPES.map((type) => ({ name: wordsFor(type), value: type })),
				default: [],
				description: 'Which changes start the workflow; none chosen means all',
			},
			{
				displayName: 'Emit',
				name: 'emit',
				type: 'options',
				options: [
					{ name: 'One Item an Event', value: 'events' },
					{ name: 'One Item for All New Events', value: 'summary', description: 'Right before Sync nodes that send everything that is pending' },
				],
				default: 'events',
			},
			{
				displayName: 'Start With',
				name: 'start',
				type: 'options',
				options: [
					{ name: 'Everything in the Change Feed', value: 'beginning' },
					{ name: 'What Happens From Now On', value: 'now' },
				],
				default: 'now',
				description: 'Counts only the first time that this trigger runs',
			},
		],
	};

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		try {
			const store = await storeFor(this);
			const choice = {
				types: this.getNodeParameter('events') as ChangeEventType[],
				summary: this.getNodeParameter('emit') === 'summary',
				fromBeginning: this.getNodeParameter('start') === 'beginning',
			};
			if (this.getMode() === 'manual') {
				const last = await store.read((tx) => tx.events.lastSeq());
				const events = await store.read((tx) => tx.events.since(Math.max(0, last - 200), choice.types, 5));
				return events.length === 0 ? null : [toItems(events, choice.summary)];
			}
			await withPatience(handOutEvents(this, store, choice), (error) => this.__emitError(toNodeError(this.getNode(), error)));
			return null;
		} catch (error) {
			throw toNodeError(this.getNode(), error);
		}
	}
}

interface TriggerChoice {
	types: readonly ChangeEventType[];
	summary: boolean;
	fromBeginning: boolean;
}

/** Hands out what is new, batch by batch; the cursor moves on when the workflow has worked through a batch. One execution at a time. */
async function handOutEvents(context: IPollFunctions, store: IdentityStore, { types, summary, fromBeginning }: TriggerChoice): Promise<void> {
	const scope = `trigger:${context.getWorkflow().id}:${context.getNode().id}`;
	const run = randomUUID();
	const renew = () => takeLease(store, `lease:${scope}`, run, Date.now());
	if (!(await renew())) return;
	try {
		const save = (seq: number) => store.write((tx) => tx.cursors.set(scope, seq, new Date().toISOString()));
		const saved = await store.read((tx) => tx.cursors.get(scope));
		let cursor = typeof saved === 'number' ? saved : fromBeginning ? 0 : await store.read((tx) => tx.events.lastSeq());
		if (typeof saved !== 'number') await save(cursor);
		for (let batch = 0; batch < MOST_BATCHES; batch += 1) {
			const after = cursor;
			const events = summary ? await readAll(store, after, types) : await store.read((tx) => tx.events.since(after, types, BATCH));
			const last = events.at(-1);
			if (!last || !(await whileRenewing(renew, () => emitAndWait(context, [toItems(events, summary)])))) return;
			cursor = last.seq;
			await save(cursor);
		}
	} finally {
		await releaseLease(store, `lease:${scope}`, run, Date.now());
	}
}

async function readAll(store: IdentityStore, after: number, types: readonly ChangeEventType[]): Promise<ChangeEvent[]> {
	const events: ChangeEvent[] = [];
	for (let cursor = after; ; ) {
		const from = cursor;
		const page = await store.read((tx) => tx.events.since(from, types, 5000));
		const last = page.at(-1);
		if (!last) return events;
		// A summary needs types and the last number only; what the events say would pile up.
		events.push(...page.map((event) => ({ ...event, data: {} })));
		cursor = last.seq;
	}
}

function toItems(events: readonly ChangeEvent[], summary: boolean): INodeExecutionData[] {
	if (!summary) return events.map((event) => ({ json: event }));
	const counts: Record<string, number> = {};
	for (const { type } of events) counts[type] = (counts[type] ?? 0) + 1;
	return [{ json: { events: events.length, counts, profiles: new Set(events.map(({ canonicalId }) => canonicalId)).size, lastSeq: events.at(-1)?.seq ?? 0 } }];
}

function wordsFor(type: ChangeEventType): string {
	return type.split('.').map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(' ');
}
