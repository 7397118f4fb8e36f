import type { Route, VendorReply, VendorRequest } from '../vendor-server';
import { refusals } from './replies';
import type { ZendeskRecord, ZendeskState } from './state';

export interface ExportRules {
	state: ZendeskState;
	url(): string;
	now(): number;
	/** How long a change is held back, and how old a start time must be, in seconds. */
	heldBackS: number;
	/** Whether the token may export: admins only. */
	allowed(): boolean;
}

type Stamped<R> = { at: number; record: R };

/** The incremental exports: users and tickets by cursor, organizations by time. */
export function exportRoutes(rules: ExportRules): Route[] {
	const { state } = rules;
	const seconds = (record: ZendeskRecord) => Math.floor(Date.parse(record.updated_at) / 1000);
	return [
		{
			method: 'GET',
			pattern: /^\/api\/v2\/incremental\/users\/cursor(?:\.json)?$/,
			name: 'export users',
			handle: (request) => byCursor(rules, request, 'users', stamp(state.users.values(), seconds)),
		},
		{
			method: 'GET',
			pattern: /^\/api\/v2\/incremental\/tickets\/cursor(?:\.json)?$/,
			name: 'export tickets',
			handle: (request) => byCursor(rules, request, 'tickets', stamp(state.tickets.values(), (ticket) => ticket.generated_timestamp)),
		},
		{
			method: 'GET',
			pattern: /^\/api\/v2\/incremental\/organizations(?:\.json)?$/,
			name: 'export organizations',
			handle: (request) => byTime(rules, request, stamp(state.organizations.values(), seconds)),
		},
	];
}

function stamp<R extends ZendeskRecord>(records: Iterable<R>, at: (record: R) => number): Stamped<R>[] {
	return [...records].map((record) => ({ at: at(record), record })).sort((a, b) => a.at - b.at || a.record.id - b.record.id);
}

function byCursor(rules: ExportRules, request: VendorRequest, key: string, all: Stamped<ZendeskRecord>[]): VendorReply {
	if (!rules.allowed()) return refusals.forbidden();
	const given = request.query.get('cursor');
	let after: { at: number; id: number };
	if (given !== null) {
		const parts = /^(\d+)\.0\|\|(\d+)\|$/.exec(Buffer.from(given, 'base64').toString('latin1'));
		if (!parts) return refusals.badRequest('Invalid cursor');
		after = { at: Number(parts[1]), id: Number(parts[2]) };
	} else {
		const start = startTime(rules, request);
		if (typeof start !== 'number') return start;
		after = { at: start, id: -1 };
	}
	const told = all.filter(({ at, record }) => at <= horizon(rules) && (at > after.at || (at === after.at && record.id > after.id)));
	const page = told.slice(0, perPage(request));
	const last = page.at(-1);
	const cursor = last ? Buffer.from(`${last.at}.0||${last.record.id}|`).toString('base64') : given;
	const path = `/api/v2/incremental/${key}/cursor.json`;
	return {
		headers: { date: new Date(rules.now()).toUTCString() },
		body: {
			[key]: page.map(({ record }) => record),
			after_url: cursor === null ? null : `${rules.url()}${path}?cursor=${encodeURIComponent(cursor)}`,
			after_cursor: cursor,
			before_url: null,
			before_cursor: null,
			end_of_stream: page.length === told.length,
		},
	};
}

/** A page begins at the start time, that second included, and never holds more than asked for: the strictest reading of the vendor's words. */
function byTime(rules: ExportRules, request: VendorRequest, all: Stamped<ZendeskRecord>[]): VendorReply {
	if (!rules.allowed()) return refusals.forbidden();
	const start = startTime(rules, request);
	if (typeof start !== 'number') return start;
	const told = all.filter(({ at }) => at >= start && at <= horizon(rules));
	const page = told.slice(0, perPage(request));
	const endTime = page.at(-1)?.at ?? null;
	return {
		headers: { date: new Date(rules.now()).toUTCString() },
		body: {
			organizations: page.map(({ record }) => record),
			count: page.length,
			end_time: endTime,
			next_page: endTime === null ? null : `${rules.url()}/api/v2/incremental/organizations.json?start_time=${endTime}`,
			end_of_stream: page.length === told.length,
		},
	};
}

function startTime(rules: ExportRules, request: VendorRequest): number | VendorReply {
	const text = request.query.get('start_time') ?? '';
	if (!/^\d+$/.test(text)) return refusals.badRequest('Invalid attribute: start_time must be a unix time in seconds');
	return Number(text) > horizon(rules) ? refusals.startTimeTooRecent() : Number(text);
}

function horizon(rules: ExportRules): number {
	return Math.floor(rules.now() / 1000) - rules.heldBackS;
}

function perPage(request: VendorRequest): number {
	const asked = Number(request.query.get('per_page') ?? 1000);
	return Number.isInteger(asked) && asked > 0 ? Math.min(1000, asked) : 1000;
}
