import type { RawRecord } from '../../domain';
import { TerminalError, type HttpClient, type HttpReply } from '../../transport';
import type { PullOptions, PullPage } from '../definition';
import { withCompanies } from './associations';
import { startPosition, type ArchivedPosition, type ChangesPosition, type Position } from './cursor';
import { HUBSPOT } from './name';
import type { CrmObject } from './objects';
import { recordPageSchema, type CrmRecord } from './replies';
import { nextPosition, searchChanges } from './search';

/** Largest page of the list endpoint. */
const LIST_PAGE = 100;

/**
 * Reads contacts or companies. The first run goes through the list endpoint, which is complete and ordered by ID; later ones through the
 * search endpoint by time of change, and then through one page of the archived records, so that deletions arrive too.
 * A cursor is the time at which a pull began, on HubSpot's clock: what changes while it runs is read by the next one.
 * @throws TransientError, TerminalError
 */
export async function* pullObjects(object: CrmObject, client: HttpClient, options: PullOptions): AsyncGenerator<PullPage, void, undefined> {
	const now = options.now ?? Date.now;
	let position: Position = startPosition(options, `read ${object.path}`);
	while (position.step !== 'caught_up') {
		const page: { records: RawRecord[]; next: Position } =
			position.step === 'list'
				? await listPage(object, client, position, options.pageSize, now)
				: position.step === 'changes'
					? await changesPage(object, client, position, options.pageSize, now)
					: await archivedPage(object, client, position, options.overlapMs);
		position = page.next;
		// A step that found nothing needs no page of its own; the last one tells the new cursor.
		if (page.records.length > 0 || position.step === 'caught_up') yield { records: page.records, cursor: position };
	}
}

type ListPosition = Extract<Position, { step: 'list' }>;
type Step = { records: RawRecord[]; next: Position };

async function listPage(object: CrmObject, client: HttpClient, position: ListPosition, pageSize = LIST_PAGE, now: () => number): Promise<Step> {
	const reply = await client.request({
		method: 'GET',
		path: `/crm/v3/objects/${object.path}`,
		query: {
			limit: Math.min(pageSize, LIST_PAGE),
			after: position.after ?? undefined,
			properties: object.properties.join(','),
			...(object.companies && { associations: 'companies' }),
			archived: false,
		},
		operation: `list ${object.path}`,
		reply: recordPageSchema,
	});
	const startedAt = position.startedAt ?? vendorTime(reply, now);
	const after = reply.body.paging?.next?.after;
	return {
		records: reply.body.results.map((record) => toRawRecord(object, record)),
		next:
			after === undefined
				? { step: 'caught_up', time: startedAt, archivedAfter: null, archivedSince: startedAt, roundStartedAt: startedAt }
				: { step: 'list', after, startedAt },
	};
}

async function changesPage(
	object: CrmObject,
	client: HttpClient,
	position: ChangesPosition,
	pageSize: number | undefined,
	now: () => number,
): Promise<Step> {
	const reply = await searchChanges(object, client, position, pageSize);
	const { results, paging } = reply.body;
	const startedAt = position.startedAt ?? vendorTime(reply, now);
	const records = object.companies && results.length > 0 ? await withCompanies(client, results) : results;
	const reached = { ...position, startedAt };
	const more = paging?.next !== undefined && results.length > 0;
	const times = results.map((record) => ({ id: record.id, time: changedAt(object, record) }));
	return {
		records: records.flatMap((record) => [toRawRecord(object, record), ...mergedAway(object, record)]),
		next: nextPosition(reached, times, more) ?? archivedStep(reached, startedAt),
	};
}

function archivedStep({ archivedAfter, archivedSince, roundStartedAt }: ChangesPosition, startedAt: string): ArchivedPosition {
	return { step: 'archived', startedAt, archivedAfter, archivedSince, roundStartedAt };
}

/**
 * Archived records don't show up in a search, and their list cannot be filtered by time. One page a pull goes round and round through it;
 * of each page only what was archived since the last full round is passed on, and what does not say when. A record that is restored has a later time of
 * change, as users have seen (https://integrate.hubspot.com/t/11963).
 */
async function archivedPage(object: CrmObject, client: HttpClient, position: ArchivedPosition, overlapMs: number): Promise<Step> {
	const { body } = await client.request({
		method: 'GET',
		path: `/crm/v3/objects/${object.path}`,
		query: { limit: LIST_PAGE, after: position.archivedAfter ?? undefined, properties: object.modified, archived: true },
		operation: `list archived ${object.path}`,
		reply: recordPageSchema,
	});
	const roundStartedAt = position.archivedAfter === null ? position.startedAt : position.roundStartedAt;
	const since = Date.parse(position.archivedSince) - overlapMs;
	const after = body.paging?.next?.after;
	const records = body.results.flatMap((record): RawRecord[] => {
		const time = Date.parse(record.archivedAt ?? record.updatedAt);
		if (Number.isNaN(time) || (time < since && tellsWhenArchived(object, record))) return [];
		const at = new Date(time).toISOString();
		return [{ system: 'hubspot', object: object.name, sourceId: record.id, version: `archived ${at}`, updatedAt: at, raw: record, deleted: true }];
	});
	return {
		records,
		next: {
			step: 'caught_up',
			time: position.startedAt,
			archivedAfter: after ?? null,
			archivedSince: after === undefined ? roundStartedAt : position.archivedSince,
			roundStartedAt,
		},
	};
}

/**
 * False where `archivedAt` is the time of the last change: contacts have had that one there, and archiving does not move it. Such a record may have been
 * archived at any time since.
 * Source: https://developers.hubspot.com/changelog/new-definition-for-archivedat
 */
function tellsWhenArchived(object: CrmObject, record: CrmRecord): boolean {
	const lastChange = Math.max(Date.parse(record.updatedAt), Date.parse(record.properties[object.modified] ?? record.updatedAt));
	return Date.parse(record.archivedAt ?? '') > lastChange;
}

/** A record that was merged into another one vanishes without being archived; only the other one tells. */
function mergedAway(object: CrmObject, record: CrmRecord): RawRecord[] {
	const ids = (record.properties.hs_merged_object_ids ?? '').split(';').map((id) => id.trim());
	return ids
		.filter((id) => id !== '' && id !== record.id)
		.map((id) => ({
			system: 'hubspot',
			object: object.name,
			sourceId: id,
			version: `merged into ${record.id}`,
			updatedAt: new Date(changedAt(object, record)).toISOString(),
			raw: { id, mergedInto: record.id },
			deleted: true,
		}));
}

function toRawRecord(object: CrmObject, record: CrmRecord): RawRecord {
	const updatedAt = new Date(changedAt(object, record)).toISOString();
	return { system: 'hubspot', object: object.name, sourceId: record.id, version: updatedAt, updatedAt, raw: record };
}

function changedAt(object: CrmObject, record: CrmRecord): number {
	const time = Date.parse(record.properties[object.modified] ?? record.updatedAt);
	if (Number.isNaN(time)) {
		throw new TerminalError('a record has no readable time of change', {
			system: HUBSPOT,
			operation: `read ${object.path}`,
			record: record.id,
			field: object.modified,
			remedy: 'Nothing of this page was used. Look at the record in HubSpot; if it looks right there, the API has changed',
		});
	}
	return time;
}

/** HubSpot's clock, so that a wrong clock on our side loses nothing. */
function vendorTime(reply: HttpReply<unknown>, now: () => number): string {
	const time = Date.parse(reply.headers.date ?? '');
	return new Date(Number.isNaN(time) ? now() : time).toISOString();
}
