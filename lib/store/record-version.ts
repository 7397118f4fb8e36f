import { hash } from 'node:crypto';
import type { SourceRecord } from '../domain';
import { PackedRecord } from './packed-record';

/** What decides which of two versions of one record stays. */
export interface RecordVersion {
	updatedAt: string;
	version: string;
	deleted?: boolean | undefined;
	/** {@link recordContent}'s hash. */
	hash: string;
}

/**
 * JSON with the keys of every object sorted, so that equal content gives equal text. Otherwise as `JSON.stringify`:
 * undefined is left out, in an array it is null.
 */
function canonicalJson(value: unknown): string {
	// Undefined has no JSON of its own.
	return JSON.stringify(sorted(value === undefined ? null : value));
}

/** The value with the keys of every object in order: itself where they are, else a copy. */
function sorted(value: unknown): unknown {
	if (typeof value !== 'object' || value === null || isInOrder(value)) return value;
	if (Array.isArray(value)) return value.map(sorted);
	if ('toJSON' in value && typeof value.toJSON === 'function') return value;
	const copy: Record<string, unknown> = {};
	for (const name of Object.keys(value).sort()) {
		const item = sorted((value as Record<string, unknown>)[name]);
		// Plain assignment of this one name would set what the copy inherits from.
		if (name === '__proto__') Object.defineProperty(copy, name, { value: item, enumerable: true });
		else copy[name] = item;
	}
	return copy;
}

/** Whether all objects in it are plain and have their keys in order, which most have. */
function isInOrder(value: object): boolean {
	if (Array.isArray(value)) return value.every(isInOrderOrNone);
	if ('toJSON' in value) return false;
	let last: string | undefined;
	for (const name in value) {
		if (last !== undefined && name < last) return false;
		last = name;
		if (!isInOrderOrNone((value as Record<string, unknown>)[name])) return false;
	}
	return true;
}

function isInOrderOrNone(value: unknown): boolean {
	return typeof value !== 'object' || value === null || isInOrder(value);
}

/**
 * The part of a record that a store keeps as one JSON text, and a hash of everything that a reader of the record could tell apart
 * (32 hexadecimal digits: the first half of a SHA-256).
 */
export function recordContent(record: SourceRecord): { json: string; hash: string } {
	if (record instanceof PackedRecord) return record.content;
	const json = canonicalJson({
		activity: record.activity,
		attributes: record.attributes,
		consent: record.consent,
		identifiers: record.identifiers,
		links: record.links,
	});
	return { json, hash: contentHash(json, record.kind, record.deleted === true) };
}

/** The hash that stands beside a content in the store, unless that was forgotten. */
export function contentHash(json: string, kind: string, deleted: boolean): string {
	return hash('sha256', `${kind}\n${deleted}\n${json}`, 'hex').slice(0, 32);
}

/**
 * The hash of a record whose content was forgotten: comes after every hash of a content, so that the same version put again is no newer one,
 * and equals none, so that a newer one is written as a whole.
 */
export const FORGOTTEN = '~';

/** What is left of a record's content when it was forgotten, as {@link recordContent} writes it. */
export const NO_CONTENT = canonicalJson({ attributes: {}, identifiers: [], consent: [], links: [] });

/**
 * Negative when `x` is the older one, positive when it is the newer one, 0 only when both are equal: a total order, so that any arrival order
 * leaves the same version. Times are compared as instants (`10:00:00Z` and `10:00:00.000Z` are one), versions that are whole numbers as numbers.
 *
 * A deleted record comes back by a later time or version only; at the same one it stays deleted. To believe a source that lists it as living with no later
 * time, one would have to know that the source looked after the deletion, and no reading tells that: searches run behind the records, exports hold back what
 * is new, and pages wait for their turn here. A late page would bring back who was deleted, and nothing would tell the deletion again.
 * What a restored record looks like stands with each system's deletions.
 */
export function compareRecordVersions(x: RecordVersion, y: RecordVersion): number {
	return (
		(x.updatedAt === y.updatedAt ? 0 : compareInstants(x.updatedAt, y.updatedAt)) ||
		compareVersionText(x.version, y.version) ||
		Number(x.deleted === true) - Number(y.deleted === true) ||
		compareText(x.hash, y.hash) ||
		compareText(x.updatedAt, y.updatedAt)
	);
}

/** Compares two ISO 8601 times to the last digit of their fraction; 0 when they are one instant. One that can't be read is older than any other. */
export function compareInstants(x: string, y: string): number {
	return milliseconds(x) - milliseconds(y) || compareText(belowMillisecond(x), belowMillisecond(y));
}

const WHOLE_NUMBER = /^\d+$/;

function compareVersionText(x: string, y: string): number {
	if (x === y) return 0;
	const xIsNumber = WHOLE_NUMBER.test(x);
	if (xIsNumber !== WHOLE_NUMBER.test(y)) return xIsNumber ? -1 : 1;
	if (xIsNumber) {
		const [xDigits, yDigits] = [x.replace(/^0+/, ''), y.replace(/^0+/, '')];
		if (xDigits.length !== yDigits.length) return xDigits.length - yDigits.length;
		return compareText(xDigits, yDigits) || compareText(x, y);
	}
	return compareText(x, y);
}

function milliseconds(time: string): number {
	const parsed = Date.parse(time);
	return Number.isNaN(parsed) ? Number.MIN_SAFE_INTEGER : parsed;
}

/** The fraction's digits from the fourth on, which Date.parse drops. */
function belowMillisecond(time: string): string {
	return /\.\d{3}(\d*?)0*(?!\d)/.exec(time)?.[1] ?? '';
}

function compareText(x: string, y: string): number {
	return x === y ? 0 : x < y ? -1 : 1;
}
