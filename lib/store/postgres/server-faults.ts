import { StoreError } from '../errors';

/** Characters of an SQLSTATE that name its class. */
const CLASS = 2;

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

const RUN_AGAIN = 'Run the step again.';
const goneTables: Fault = {
	code: 'not_a_store',
	what: (location, reason) => `The tables of the identity store ${location} are gone or were changed (${reason})`,
	remedy: '"customer360 check" says what is missing; put a backup in their place.',
};

/** Faults of a server, its settings and its tables, by SQLSTATE or its class, https://www.postgresql.org/docs/current/errcodes-appendix.html */
const FAULTS: Readonly<Record<string, Fault>> = {
	'53100': {
		code: 'disk_full',
		what: (location) => `The disk of the database is full: the identity store ${location} can't grow`,
		remedy: "Make room on the database's disk, then run the step again.",
	},
	'53000': full('too little', 'Give the server more of it'),
	'53200': full('too little memory', 'Give the server more memory, or lower work_mem for the role'),
	'53400': full('too low a limit', 'Raise this limit for the role (ALTER ROLE ... SET ...)'),
	'25P03': {
		code: 'locked',
		what: (location) => `A step on the identity store ${location} stood still for too long, so the database ended it`,
		remedy: RUN_AGAIN,
	},
	'25P04': {
		code: 'locked',
		what: (location) => `A step on the identity store ${location} took longer than the database lets a transaction take, so it was ended`,
		remedy: 'Set transaction_timeout to 0 for the role (ALTER ROLE ... SET transaction_timeout = 0), then run the step again.',
	},
	'57014': {
		code: 'locked',
		what: (location, reason) => `The database ended a statement on the identity store ${location} (${reason})`,
		remedy: "Raise the role's statement_timeout if it is set, then run the step again.",
	},
	'40': {
		code: 'conflict',
		what: (location, reason) => `The database undid a step on the identity store ${location} (${reason})`,
		remedy: RUN_AGAIN,
	},
	'25006': {
		code: 'not_writable',
		what: (location) => `The identity store ${location} can only be read`,
		remedy: 'Name the primary server, not a copy that is only read, or end the read-only mode of the database or the role (default_transaction_read_only).',
	},
	'42501': {
		code: 'not_writable',
		what: (location, reason) => `The role has no right to use the identity store ${location} (${reason})`,
		remedy: 'The role needs to own the schema and its tables: see docs/postgresql.md for the statements that an administrator runs.',
	},
	'55000': {
		code: 'refused',
		what: (location, reason) => `The database of the identity store ${location} is not in a state to do this (${reason})`,
		remedy: 'Let an administrator see to it, then run the step again.',
	},
	// No such schema, table or column; no constraint by which a row is found again.
	'3F000': goneTables,
	'42P01': goneTables,
	'42703': goneTables,
	'42P10': goneTables,
	'23503': {
		code: 'conflict',
		what: (location) => `A record would belong to a profile that the identity store ${location} does not have (it may have been merged into another one meanwhile)`,
		remedy: RUN_AGAIN,
	},
	'23': {
		code: 'conflict',
		what: (location, reason) => `What was to be written to the identity store ${location} contradicts what is there (${reason})`,
		remedy: 'Run the step again; if it happens again, run "customer360 check" on the store and report what it says.',
	},
	'54000': {
		code: 'conflict',
		what: (location, reason) =>
			`A source ID, or another value by which something is found, is too long for an index of the identity store ${location} (some 2,600 bytes at most: ${reason})`,
		remedy: 'Shorten it in the system it comes from.',
	},
	'22P05': unwritable,
	'22021': unwritable,
	'58030': unreadable,
	'58P01': unreadable,
	XX001: unreadable,
	XX002: unreadable,
};

/** Undefined for all others. */
export function serverFault(code: string, reason: string, location: string, consequence: string, cause: unknown): StoreError | undefined {
	const fault = FAULTS[code] ?? FAULTS[code.slice(0, CLASS)];
	return fault && new StoreError(fault.code, `${fault.what(location, reason)}; ${consequence}. ${fault.remedy}`, { cause });
}
