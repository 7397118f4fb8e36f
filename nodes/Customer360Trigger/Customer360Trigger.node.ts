import { type INodeExecutionData, type INodeType, type INodeTypeDescription, type IPollFunctions, NodeConnectionTypes } from 'n8n-workflow';
import { CHANGE_EVENT_TYPES, type ChangeEvent, type ChangeEventType, changeEventTypeSchema, type FeedGap, handOutEvents } from '../../lib';
import { toNodeError } from '../node-errors';
import { toChoice, toText } from '../parameters';
import { emitAndWait, withPatience } from '../polling';
import { storeCredential, storeFor } from '../store-access';
import { sortedByName, titleOf } from '../words';

/** Events of one execution. */
const BATCH = 500;
/** Events behind one summary item: a back-fill is a handful of executions, and memory stays bounded. */
const SUMMARY_BATCH = 20_000;
/** Executions of one poll; the rest follows with the next one. */
const MOST_BATCHES = 20;

export class Customer360Trigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Customer 360 Trigger',
		name: 'customer360Trigger',
		icon: { light: 'file:../icons/customer360.svg', dark: 'file:../icons/customer360.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["events"].length ? $parameter["events"].length + " kinds of change" : "every change" }}',
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
				options: sortedByName(CHANGE_EVENT_TYPES.map((type) => ({ name: titleOf(type), value: type }))),
				default: [],
				description: 'Which changes start the workflow; none chosen means all',
			},
			{
				displayName: 'Emit',
				name: 'emit',
				type: 'options',
				options: [
					{ name: 'One Item per Event', value: 'events' },
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
				types: [this.getNodeParameter('events')].flat().map(readEventType),
				summary: toChoice(this.getNodeParameter('emit'), ['events', 'summary'], 'Emit') === 'summary',
				start: toChoice(this.getNodeParameter('start'), ['beginning', 'now'], 'Start With'),
			};
			if (this.getMode() === 'manual') {
				const last = await store.read((tx) => tx.events.lastSeq());
				const events = await store.read((tx) => tx.events.since(Math.max(0, last - 200), choice.types, 5));
				return events.length === 0 ? null : [toItems(events, choice.summary)];
			}
			const work = handOutEvents({
				store,
				scope: `trigger:${this.getWorkflow().id}:${this.getNode().id}`,
				types: choice.types,
				start: choice.start,
				batchSize: choice.summary ? SUMMARY_BATCH : BATCH,
				mostBatches: MOST_BATCHES,
				now: Date.now,
				emit: async (events, gap) => {
					if (gap) this.logger.warn(`${this.getNode().name}: ${lossOf(gap).reason}`);
					const items = toItems(events, choice.summary, gap);
					return items.length === 0 || (await emitAndWait(this, [items]));
				},
			});
			await withPatience(work, (error) => this.__emitError(toNodeError(this.getNode(), error)));
			return null;
		} catch (error) {
			throw toNodeError(this.getNode(), error);
		}
	}
}

function readEventType(value: unknown): ChangeEventType {
	const type = changeEventTypeSchema.safeParse(value);
	if (!type.success) throw new Error(`There is no event "${toText(value, 'Events')}". Choose "Events" from the list.`);
	return type.data;
}

/** What the first item says of events that were forgotten before this trigger came to them. */
function lossOf({ from, to }: FeedGap): { from: number; to: number; reason: string } {
	const reason = `events ${from} to ${to} of the change feed were forgotten before this trigger read them ("retention.eventsDays" in the identity model); changes of that time may be missing here`;
	return { from, to, reason };
}

function toItems(events: readonly ChangeEvent[], summary: boolean, gap?: FeedGap): INodeExecutionData[] {
	const missed = gap && { missed: lossOf(gap) };
	if (!summary) return events.map((event, index) => ({ json: { ...event, ...(index === 0 && missed) } }));
	const counts: Record<string, number> = {};
	for (const { type } of events) counts[type] = (counts[type] ?? 0) + 1;
	return [{ json: { events: events.length, counts, profiles: new Set(events.map(({ canonicalId }) => canonicalId)).size, lastSeq: events.at(-1)?.seq ?? gap?.to ?? 0, ...missed } }];
}
