import type { Scalar } from '../domain';
import { StoreError } from './errors';

/** A text that the store keeps can't be read, because its disk or somebody's hand damaged it. */
export class DamagedText extends StoreError {
	/** @param what the text is of, e.g. `the content of record crm:contact:5` */
	constructor(readonly what: string) {
		// No cause: the error of JSON.parse quotes the text, which holds values of people.
		super('damaged', `The identity store is damaged: ${what} can't be read. Run "customer360 check" on the store: it lists all that is damaged, and says how to go back to a backup.`);
	}
}

/** Also of an error that came from another thread. */
export function isDamage(error: unknown): error is StoreError {
	return error instanceof StoreError && error.code === 'damaged';
}

/**
 * Reads a JSON text that the store keeps.
 * @param what the text is of, in words that begin with "the"; names records and profiles, never values of people
 * @param isWhole whether a value has the shape that its readers rely on, down to the last text that they take for one: looking costs far less than parsing
 * @throws StoreError `damaged`
 */
export function readStored(text: string, what: () => string, isWhole: (value: unknown) => boolean): unknown {
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch {
		throw new DamagedText(what());
	}
	if (!isWhole(value)) throw new DamagedText(what());
	return value;
}

export function isAnything(): boolean {
	return true;
}

export function isText(value: unknown): value is string {
	return typeof value === 'string';
}

export function isScalar(value: unknown): value is Scalar {
	return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

export function isList(value: unknown): value is unknown[] {
	return Array.isArray(value);
}

export function isListOf(value: unknown, isItem: (item: unknown) => boolean): boolean {
	return Array.isArray(value) && value.every(isItem);
}

export function isListOfTexts(value: unknown): value is string[] {
	return isListOf(value, isText);
}

/** Whether it is an object and no list. */
export function isFields(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether it is an object in which these are texts. */
export function hasTexts(value: unknown, ...names: readonly string[]): value is Record<string, unknown> {
	return isFields(value) && names.every((name) => typeof value[name] === 'string');
}
