import { refKey, type ChangeEvent, type Evidence, type HouseholdTraits, type IdentityModel, type RecordRef, type SourceRecord } from '../domain';
import { hasLists, isAnything, isFields, isList, readStored } from './stored-json';

/** The part of a record that a store keeps as one JSON text. */
export type RecordContent = Pick<SourceRecord, 'attributes' | 'identifiers' | 'consent' | 'links' | 'activity'>;

/**
 * Reads what `recordContent` wrote.
 * @param of whose content it is
 * @throws StoreError `damaged`
 */
export function readContent(text: string, of: RecordRef): RecordContent {
	return readStored(text, () => `the content of record ${refKey(of)}`, isContent) as RecordContent;
}

function isContent(value: unknown): boolean {
	return hasLists(value, 'identifiers', 'consent', 'links') && isFields(value['attributes']);
}

/** What change event number `seq` says. @throws StoreError `damaged` */
export function readEventData(text: string, seq: number): ChangeEvent['data'] {
	return readStored(text, () => `the change event number ${seq}`, isFields) as ChangeEvent['data'];
}

/** What a piece of evidence consists of. @throws StoreError `damaged` */
export function readComparisons(text: string, { a, b, rule }: Pick<Evidence, 'a' | 'b' | 'rule'>): Evidence['comparisons'] {
	return readStored(text, () => `the evidence of rule ${rule} between the records number ${a} and ${b}`, isList) as Evidence['comparisons'];
}

/** An identity model as it was saved, whatever release did that. @throws StoreError `damaged` */
export function readModel(text: string, version: number): IdentityModel {
	return readStored(text, () => `the identity model of version ${version}`, isModel) as IdentityModel;
}

/** What every release put into a model. */
function isModel(value: unknown): boolean {
	return hasLists(value, 'systems', 'blockedValues', 'segments') && ['attributes', 'identifiers', 'matching', 'score'].every((part) => isFields(value[part]));
}

/** Any value that JSON has: whoever keeps a cursor knows its shape. @throws StoreError `damaged` */
export function readCursor(text: string, scope: string): unknown {
	return readStored(text, () => `the cursor "${scope}"`, isAnything);
}

/** Canonical IDs of companies. @param profile whose they are, e.g. `per_...` @throws StoreError `damaged` */
export function readCompanies(text: string, profile: string): string[] {
	return readStored(text, () => `the list of the companies of profile ${profile}`, isList) as string[];
}

/** @param profile whose they are, e.g. `per_...` @throws StoreError `damaged` */
export function readHome(text: string, profile: string): HouseholdTraits {
	return readStored(text, () => `the household traits of profile ${profile}`, isHome) as HouseholdTraits;
}

function isHome(value: unknown): boolean {
	return hasLists(value, 'keys', 'families', 'employers');
}

/** Names of segments. @param profile whose they are, e.g. `per_...` @throws StoreError `damaged` */
export function readSegmentNames(text: string, profile: string): string[] {
	return readStored(text, () => `the list of the segments of profile ${profile}`, isList) as string[];
}
