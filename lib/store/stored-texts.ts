import { identityModelSchema, refKey, type ChangeEvent, type Evidence, type HouseholdTraits, type IdentityModel, type RecordRef, type SourceRecord } from '../domain';
import { hasTexts, isAnything, isFields, isListOf, isListOfTexts, isScalar, isText, readStored } from './stored-json';

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
	if (!isFields(value)) return false;
	const { attributes, identifiers, consent, links, activity } = value;
	return (
		isFields(attributes) &&
		Object.values(attributes).every((values) => isListOf(values, isAttributeValue)) &&
		isListOf(identifiers, (one) => hasTexts(one, 'kind', 'value')) &&
		isListOf(consent, (one) => hasTexts(one, 'purpose', 'status')) &&
		isListOf(links, (one) => hasTexts(one, 'system', 'object', 'sourceId', 'type')) &&
		(activity === undefined || isActivity(activity))
	);
}

function isAttributeValue(one: unknown): boolean {
	return isFields(one) && isScalar(one['value']) && (one['key'] === undefined || isText(one['key']));
}

function isActivity(value: unknown): boolean {
	return hasTexts(value, 'type', 'status', 'at') && isAmount(value['amount']) && isAmount(value['monthly']);
}

function isAmount(value: unknown): boolean {
	return value === undefined || (hasTexts(value, 'currency') && typeof value['minor'] === 'number');
}

/** What change event number `seq` says. @throws StoreError `damaged` */
export function readEventData(text: string, seq: number): ChangeEvent['data'] {
	return readStored(text, () => `the change event number ${seq}`, isFields) as ChangeEvent['data'];
}

/** What a piece of evidence consists of. @throws StoreError `damaged` */
export function readComparisons(text: string, { a, b, rule }: Pick<Evidence, 'a' | 'b' | 'rule'>): Evidence['comparisons'] {
	return readStored(text, () => `the evidence of rule ${rule} between the records number ${a} and ${b}`, areComparisons) as Evidence['comparisons'];
}

function areComparisons(value: unknown): boolean {
	return isListOf(value, (one) => hasTexts(one, 'comparison', 'level') && typeof one['weight'] === 'number');
}

/** An identity model as it was saved, whatever release did that. @throws StoreError `damaged` */
export function readModel(text: string, version: number): IdentityModel {
	return readStored(text, () => `the identity model of version ${version}`, isModel) as IdentityModel;
}

/**
 * Whether each part is of the type that it has in every release's models. What a value may be is not looked at: a word or a limit that this release
 * doesn't know must not keep anybody from putting another model in force.
 */
function isModel(value: unknown): boolean {
	const { error } = identityModelSchema.safeParse(value, { reportInput: true });
	return !error?.issues.some(({ code, input }) => code === 'invalid_type' || code === 'invalid_union' || (code === 'invalid_value' && !isText(input)));
}

/** Any value that JSON has: whoever keeps a cursor knows its shape. @throws StoreError `damaged` */
export function readCursor(text: string, scope: string): unknown {
	return readStored(text, () => `the cursor "${scope}"`, isAnything);
}

/** Canonical IDs of companies. @param profile whose they are, e.g. `per_...` @throws StoreError `damaged` */
export function readCompanies(text: string, profile: string): string[] {
	return readStored(text, () => `the list of the companies of profile ${profile}`, isListOfTexts) as string[];
}

/** @param profile whose they are, e.g. `per_...` @throws StoreError `damaged` */
export function readHome(text: string, profile: string): HouseholdTraits {
	return readStored(text, () => `the household traits of profile ${profile}`, isHome) as HouseholdTraits;
}

function isHome(value: unknown): boolean {
	if (!isFields(value)) return false;
	const { keys, families, employers, postalCode } = value;
	return [keys, families, employers].every(isListOfTexts) && (postalCode === undefined || isText(postalCode));
}

/** Names of segments. @param profile whose they are, e.g. `per_...` @throws StoreError `damaged` */
export function readSegmentNames(text: string, profile: string): string[] {
	return readStored(text, () => `the list of the segments of profile ${profile}`, isListOfTexts) as string[];
}
