import { createHash } from 'node:crypto';
import type { RawRecord } from '../../domain';
import { type HttpClient, inTurns, TransientError } from '../../transport';
import type { Cursor, PullOptions, PullPage } from '../definition';
import { MAILCHIMP } from './name';
import { chosenLists, LARGEST_PAGE, memberSourceId } from './lists';
import { type MemberWindow, readMembers } from './member-pages';
import type { PulledMember } from './schemas';

const SECOND = 1_000;
/** Scans of one second's members before we give up; each is spoilt only when a member of that second changes during the scan. */
const MOST_SCANS = 20;

/**
 * Where a list has been read to. `at`: everything that changed before this second is safe (milliseconds; null: nothing yet).
 * `offset` and `size` are set while one second with more members than a page holds is scanned.
 */
interface Progress {
	at: number | null;
	offset: number;
	size: number;
}

/**
 * Reads members in the order of their last change. Pages go on from the last change seen and not by a growing offset:
 * a member that changes moves to the end, everything behind it moves up by one, and an offset would jump over the next one.
 * `since_last_changed` excludes its own second and times have whole seconds, so each page starts one second earlier than it needs to.
 * Only where one second fills a page, the members of that second (a closed window in the past) are read by offset, and read again
 * when the window's size tells that one of them left it meanwhile.
 * https://mailchimp.com/developer/marketing/api/list-members/list-members-info/
 *
 * Cursor: `at:<audience>` time reached; `reading` the audience a stopped run was in; `finished` the last audience it completed.
 * Members that were deleted for good are not told by the vendor.
 */
export async function* pullMembers(client: HttpClient, options: PullOptions): AsyncGenerator<PullPage, void, undefined> {
	const cursor: Cursor = { ...options.cursor };
	const lists = await chosenLists(client, options.settings);
	const stoppedIn = typeof cursor.reading === 'string' ? cursor.reading : null;
	const finished = typeof cursor.finished === 'string' ? cursor.finished : null;
	const behind = lists.filter((listId) => finished === null || listId > finished);
	// None behind it: another audience was chosen since.
	const left = behind.length > 0 ? behind : lists;
	if (left.length === 0) yield { records: [], cursor: { ...cursor, ...AT_REST } };
	for (const listId of left) {
		const reached = cursor[`at:${listId}`];
		const at = typeof reached === 'number' ? reached : sinceOf(options);
		const progress: Progress =
			listId === stoppedIn
				? { at, offset: Number(cursor.offset ?? 0), size: Number(cursor.size ?? 0) }
				: { at: typeof reached === 'number' ? reached - options.overlapMs : at, offset: 0, size: 0 };
		for await (const step of readList(client, listId, progress, options)) {
			if (step.progress.at !== null) cursor[`at:${listId}`] = step.progress.at;
			Object.assign(cursor, { reading: listId, offset: step.progress.offset, size: step.progress.size });
			if (step.done) Object.assign(cursor, AT_REST, { finished: listId === left.at(-1) ? null : listId });
			yield { records: step.members.map((member) => toRecord(listId, member)), cursor: { ...cursor } };
		}
	}
}

const AT_REST = { reading: null, finished: null, offset: 0, size: 0 };

interface Versioned {
	member: PulledMember;
	version: string;
}

interface Step {
	members: Versioned[];
	progress: Progress;
	done: boolean;
}

async function* readList(client: HttpClient, listId: string, start: Progress, options: PullOptions): AsyncGenerator<Step, void, undefined> {
	const count = Math.max(1, Math.min(options.pageSize ?? LARGEST_PAGE, LARGEST_PAGE));
	let progress = start;
	/** Versions of the page before: the next page starts with those of its last second. */
	let seen = new Set<string>();
	const unseen = (members: Versioned[]) => members.filter(({ version }) => !seen.has(version));
	for (;;) {
		if (progress.size > 0 && progress.at !== null) {
			for await (const step of readSecond(client, listId, progress as Progress & { at: number }, count)) {
				const fresh = unseen(step.members);
				seen = new Set([...seen, ...step.members.map(({ version }) => version)]);
				progress = step.progress;
				yield { ...step, members: fresh };
			}
			continue;
		}
		const page = await readVersions(client, listId, { count, offset: 0, after: progress.at === null ? null : progress.at - SECOND });
		const last = page.members.at(-1)?.member;
		const reached = last ? Date.parse(last.last_changed) : null;
		const fresh = unseen(page.members);
		seen = new Set(page.members.map(({ version }) => version));
		const done = page.members.length < count;
		if (done) {
			const at = reached === null ? progress.at : Math.max(reached, progress.at ?? reached);
			yield { members: fresh, progress: { at, offset: 0, size: 0 }, done };
			return;
		}
		const stuck = reached !== null && progress.at !== null && reached <= progress.at;
		progress = stuck ? { at: progress.at, offset: 0, size: page.total } : { at: reached, offset: 0, size: 0 };
		yield { members: fresh, progress, done };
	}
}

/** Scans the seconds around `at` by offset; ends one second later. A scan during which the window shrank is done again. */
async function* readSecond(
	client: HttpClient,
	listId: string,
	start: Progress & { at: number },
	count: number,
): AsyncGenerator<Step, void, undefined> {
	const { at } = start;
	let { offset } = start;
	/** Size when the scan began; unknown at its first page. */
	let size: number | null = offset > 0 ? start.size : null;
	for (let scan = 0; scan < MOST_SCANS; ) {
		const page = await readVersions(client, listId, { count, offset, after: at - SECOND, before: at + SECOND });
		size ??= page.total;
		if (page.total !== size) {
			scan += 1;
			offset = 0;
			size = null;
			yield { members: page.members, progress: { at, offset: 0, size: page.total + 1 }, done: false };
			continue;
		}
		offset += page.members.length;
		if (offset >= size || page.members.length === 0) {
			yield { members: page.members, progress: { at: at + SECOND, offset: 0, size: 0 }, done: false };
			return;
		}
		yield { members: page.members, progress: { at, offset, size }, done: false };
	}
	throw new TransientError('members that changed in one second keep changing while they are read', {
		system: client.system,
		operation: 'read members',
		remedy: 'The next run goes on from here; an import into the audience may be under way',
	});
}

/** A large page is a while's work: others on the thread get their turn in between. */
async function readVersions(client: HttpClient, listId: string, window: MemberWindow): Promise<{ members: Versioned[]; total: number }> {
	const { members, total } = await readMembers(client, listId, window);
	const versioned: Versioned[] = [];
	await inTurns(members, (member) => versioned.push({ member, version: versionOf(member) }));
	return { members: versioned, total };
}

function sinceOf(options: PullOptions): number | null {
	return options.since === undefined ? null : Date.parse(options.since);
}

/** Times have whole seconds, so two changes in one second differ only in what they say: hence the digest. */
function versionOf(member: PulledMember): string {
	return `${member.last_changed}#${createHash('sha256').update(JSON.stringify(member)).digest('hex').slice(0, 12)}`;
}

function toRecord(listId: string, { member, version }: Versioned): RawRecord {
	return {
		system: MAILCHIMP.id,
		object: 'member',
		sourceId: memberSourceId(listId, member.contact_id),
		version,
		updatedAt: new Date(member.last_changed).toISOString(),
		raw: member,
	};
}
