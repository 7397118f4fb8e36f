import { StoreError } from '../errors';

interface Fault {
	code: StoreError['code'];
	/** What happened, about the store at a place, with the server's own words. */
	what: (location: string, reason: string) => string;
	remedy: string;
}

const full = (what: string, remedy: string): Fault => ({
	code: 'disk_full',
	what: (location, reason) => `The database has ${what} for a step on the identity store ${location} (${reason})`,
	remedy: `${remedy}, then run the step again.`,
});
const unreadable: Fault = {
	code: 'not_a_store',
	what: (location, reason) => `The database can't read or write its own files of the identity store ${location} (${reason})`,
	remedy: 'Its disk, or what lies on it, is damaged: let an administrator look at the server\'s log, and put a backup in its place ("pg_restore", docs/postgresql.md).',
};
const unwritable: Fault = {
	code: 'unsupported',
	what: (location, reason) => `The database of the identity store ${location} has no letters for a text (${reason})`,
	remedy: 'Its encoding must be UTF8: make a database with ENCODING \'UTF8\' and load everything into that.',
};

/** Faults that are of the server and not of the program, by SQLSTATE, https://www.postgresql.org/docs/current/errcodes-appendix.html */
const FAULTS: Readonly<Record<string, Fault>> = {
	'25P04': {
		code: 'locked',
		what: (location) => `A step on the identity store ${location} took longer than the database lets a transaction take, so it was ended`,
		remedy: 'Set transaction_timeout to 0 for the role (ALTER ROLE ... SET transaction_timeout = 0), then run the step again.',
	},
	'55000': {
		code: 'refused',
		what: (location, reason) => `The database of the identity store ${location} is not in a state to do this (${reason})`,
		remedy: 'Let an administrator see to it, then run the step again.',
	},
	'53000': full('too little', 'Give the server more of it'),
	'53200': full('too little memory', 'Give the server more memory, or lower work_mem for the role'),
	'53400': full('too low a limit', 'Raise this limit for the role (ALTER ROLE ... SET ...)'),
	'22P05': unwritable,
	'22021': unwritable,
	'58030': unreadable,
	'58P01': unreadable,
	XX001: unreadable,
	XX002: unreadable,
};

/** Undefined for all others. */
export function serverFault(code: string, reason: string, location: string, consequence: string, cause: unknown): StoreError | undefined {
	const fault = FAULTS[code];
	return fault && new StoreError(fault.code, `${fault.what(location, reason)}; ${consequence}. ${fault.remedy}`, { cause });
}
