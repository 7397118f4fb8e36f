import { hash } from 'node:crypto';
import type { FieldMapping } from '../../lib';
import { version as release } from '../../package.json';

/** Digits of an edition: as text, the later of two comes behind the earlier one. */
const DIGITS = 6;
const FIRST = edition(1);

const readings = new WeakMap<FieldMapping, string>();

/**
 * The version of a row, its first edition: equal for rows that say the same and are read in the same way, so that one that is known needs no reading.
 * @param changedAt what the row itself says of its time of change
 * @param raw as the mapping reads it; columns that are left out don't count
 */
export function rowVersion(mapping: FieldMapping, changedAt: string | undefined, raw: Readonly<Record<string, unknown>>): string {
	let reading = readings.get(mapping);
	if (reading === undefined) readings.set(mapping, (reading = hash('sha256', JSON.stringify([release, mapping]), 'hex')));
	return `${FIRST}.${hash('sha256', `${reading}\n${JSON.stringify([changedAt ?? null, raw])}`, 'hex').slice(0, 32)}`;
}

/** Whether both are versions of a row that says the same and is read in the same way. */
export function isSameRow(one: string, other: string): boolean {
	return one.slice(DIGITS) === other.slice(DIGITS);
}

/**
 * The version in an edition that comes behind the stored one: of a row that has changed while its time of change has not, and of one that is read in another
 * way now, what was read last counts.
 */
export function versionBehind(stored: string, version: string): string {
	const [, digits] = /^(\d+)\.[0-9a-f]{32}$/.exec(stored) ?? [];
	return digits === undefined ? version : `${edition(Number(digits) + 1)}${version.slice(DIGITS)}`;
}

function edition(number: number): string {
	return String(number).padStart(DIGITS, '0');
}
