import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { VersionedModel } from '../domain';
import type { RecordText, StoredProfile } from '../store';
import { PackedGolden } from '../store/packed-golden';
import { groupBy } from './assemble';
import type { GoldensOfThread, HeadToThread, PartsToThread, ProfilesToThread } from './golden.worker';
import type { Rebuilt } from './rebuilt';
import { idlest, WorkThread } from './work-thread';

/** Parts of a thread: one that it works on, and some that wait, so that it is not idle while this thread is busy with something else. */
export const PARTS_AHEAD = 3;

/** Stands beside the built library. */
const PROGRAM = join(__dirname, 'golden.worker.js');

/** Threads that make golden records of profiles that have none yet, of records that point at nothing: all of that a thread can be told. */
export class GoldenBuilders {
	private all: WorkThread<ProfilesToThread, GoldensOfThread>[] = [];
	private model: VersionedModel['version'] | undefined;

	/** @param most threads. There are none where their program was not built, as when the TypeScript is run as it is. */
	constructor(
		private readonly most: number,
		private readonly program = PROGRAM,
	) {}

	/** Threads beside this one; 0 when this one does the work. */
	get threads(): number {
		return this.all.length;
	}

	/** Starts the threads where there are none for this model, and ends those for another one; all of them where there is none. */
	async useFor(versioned: VersionedModel | undefined): Promise<void> {
		if (versioned?.version === this.model) return;
		await this.close();
		if (!versioned || this.most === 0 || !existsSync(this.program)) return;
		this.model = versioned.version;
		this.all = Array.from({ length: this.most }, () => new WorkThread(this.program, { does: 'makes golden records', data: { model: versioned.model } }));
	}

	/** Whether a thread has not enough to do; where all have, whoever asks is no slower by doing it than by waiting. */
	hasTime(): boolean {
		return (idlest(this.all)?.load ?? PARTS_AHEAD) < PARTS_AHEAD;
	}

	/**
	 * In the order of the profiles.
	 * @param texts of all their records, in order of number
	 * @throws Error when the thread ended before its answer
	 */
	async build(profiles: readonly StoredProfile[], texts: readonly RecordText[], now: number): Promise<Rebuilt[]> {
		const thread = idlest(this.all);
		if (!thread) throw new Error('there is no thread that could make golden records');
		const byProfile = groupBy(texts, ({ head }) => head.profileNo);
		const own = profiles.map(({ no }) => byProfile.get(no) ?? []);
		const parts = profiles.map(({ entity }, index): PartsToThread => ({ entity, records: (own[index] as RecordText[]).map(({ head }) => headOf(head)) }));
		const { rebuilt, goldens } = await thread.ask({ now, profiles: JSON.stringify(parts), contents: own.flat().map(({ content }) => content) });
		return (JSON.parse(rebuilt) as Omit<Rebuilt, 'golden'>[]).map((row, index) => ({ ...row, golden: new PackedGolden(goldens[index] as string, row.segments) }));
	}

	/** What has not ended by then never will. */
	async close(): Promise<void> {
		const all = this.all;
		this.all = [];
		this.model = undefined;
		await Promise.all(all.map((thread) => thread.close()));
	}
}

function headOf({ system, object, sourceId, version, updatedAt, kind }: RecordText['head']): HeadToThread {
	return { system, object, sourceId, version, updatedAt, kind };
}
