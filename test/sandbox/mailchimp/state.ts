import { createHash } from 'node:crypto';

export type MemberStatus = 'subscribed' | 'unsubscribed' | 'cleaned' | 'pending' | 'transactional' | 'archived';

export interface MemberState {
	/** Stays when the address changes. */
	contactId: string;
	email: string;
	status: MemberStatus;
	mergeFields: Record<string, unknown>;
	language: string;
	/** Milliseconds since 1970; the vendor shows whole seconds. */
	signedUpAt: number;
	optedInAt: number | null;
	lastChanged: number;
	/** IDs of static segments. */
	tags: Set<number>;
}

export interface MergeFieldState {
	id: number;
	tag: string;
	name: string;
	type: string;
	required: boolean;
	public: boolean;
}

export interface SegmentState {
	id: number;
	name: string;
	type: 'static' | 'saved';
}

export interface ListState {
	id: string;
	name: string;
	doubleOptIn: boolean;
	mergeFields: MergeFieldState[];
	/** 30 on the smaller plans, 80 on the largest; default ones count. */
	mergeFieldLimit: number;
	segments: SegmentState[];
	/** By contact ID. */
	members: Map<string, MemberState>;
	/** Addresses (hashes) that were deleted for good and can't be added again. */
	forgotten: Set<string>;
	/** Addresses (hashes) that the call for many members of a segment refuses. */
	segmentRefuses: Set<string>;
}

export interface JobState {
	id: string;
	status: 'pending' | 'started' | 'finished';
	looks: number;
	operations: JobOperation[];
	answers: { status_code: number; operation_id: string | null; response: string }[];
	submittedAt: number;
	archive: Buffer | null;
}

export interface JobOperation {
	method: string;
	path: string;
	params?: Record<string, unknown>;
	body?: string;
	operation_id?: string;
}

export interface MailchimpState {
	lists: Map<string, ListState>;
	jobs: Map<string, JobState>;
	nextId: number;
}

/** The vendor's ID of an address. */
export function hashOf(email: string): string {
	let hash = hashes.get(email);
	if (hash === undefined) hashes.set(email, (hash = createHash('md5').update(email.toLowerCase()).digest('hex')));
	return hash;
}

/** Members are found by comparing hashes; each is worked out once. */
const hashes = new Map<string, string>();

export function uniqueEmailId(email: string): string {
	return hashOf(email).slice(0, 10);
}

/** By MD5 of the address, the address, or the contact ID. */
export function findMember(list: ListState, key: string): MemberState | undefined {
	const direct = list.members.get(key);
	if (direct) return direct;
	const hash = key.includes('@') ? hashOf(key) : key;
	for (const member of list.members.values()) if (hashOf(member.email) === hash) return member;
	return undefined;
}

const FIRST_FIELDS: readonly [string, string, string][] = [
	['ADDRESS', 'Address', 'address'],
	['PHONE', 'Phone Number', 'phone'],
	['FNAME', 'First Name', 'text'],
	['LNAME', 'Last Name', 'text'],
	['BIRTHDAY', 'Birthday', 'birthday'],
	['COMPANY', 'Company', 'text'],
];

/** An audience with the merge fields that a new one has. */
export function newList(id: string, name: string): ListState {
	return {
		id,
		name,
		doubleOptIn: false,
		mergeFields: FIRST_FIELDS.map(([tag, label, type], index) => ({ id: index + 1, tag, name: label, type, required: false, public: true })),
		mergeFieldLimit: 30,
		segments: [],
		members: new Map(),
		forgotten: new Set(),
		segmentRefuses: new Set(),
	};
}

export function newMember(given: Partial<MemberState> & Pick<MemberState, 'contactId' | 'email'>): MemberState {
	const at = given.lastChanged ?? Date.UTC(2026, 0, 1);
	return {
		status: 'subscribed',
		mergeFields: {},
		language: '',
		signedUpAt: at,
		optedInAt: at,
		lastChanged: at,
		tags: new Set(),
		...given,
	};
}
