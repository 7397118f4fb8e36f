import { parentPort, workerData } from 'node:worker_threads';
import type { Entity, IdentityModel, SourceRecord } from '../domain';
// From their own files: the program would carry both databases otherwise.
import { packGolden } from '../store/packed-golden';
import { readContent } from '../store/stored-texts';
import { assembleProfile } from './assemble';
import { type Rebuilt, rebuilt } from './rebuilt';
import { type Answered, type Asked, faultOf } from './work-thread';

/** What a record says beside its content. */
export type HeadToThread = Pick<SourceRecord, 'system' | 'object' | 'sourceId' | 'version' | 'updatedAt' | 'kind'>;

/** Profiles that were never built, of records that point at nothing. Texts are copied from thread to thread at a fraction of what their objects would take. */
export interface ProfilesToThread {
	/** Milliseconds since 1970. */
	now: number;
	/** A list of {@link PartsToThread} as JSON. */
	profiles: string;
	/** Of the records of all, one profile's behind the other's, as the store keeps it. */
	contents: string[];
}

export interface PartsToThread {
	entity: Entity;
	records: HeadToThread[];
}

/** In the order of the profiles. */
export interface GoldensOfThread {
	/** A list of {@link Rebuilt} without golden records, as JSON. */
	rebuilt: string;
	/** Golden records as the store keeps them. */
	goldens: string[];
}

const { model } = workerData as { model: IdentityModel };
const NOTHING = { golden: null, companies: [] };

parentPort?.on('message', (asked: Asked<ProfilesToThread>) => parentPort?.postMessage(answer(asked)));

function answer({ id, now, profiles, contents }: Asked<ProfilesToThread>): Answered<GoldensOfThread> {
	try {
		let next = 0;
		const goldens: string[] = [];
		const rows = (JSON.parse(profiles) as PartsToThread[]).map(({ entity, records: heads }): Omit<Rebuilt, 'golden'> => {
			const records = heads.map((head): SourceRecord => ({ ...head, ...readContent(contents[next++] ?? '', head) }));
			const { golden, ...assembled } = assembleProfile({ entity, records, activities: [], companies: [] }, model, now);
			goldens.push(packGolden(golden));
			const { golden: _golden, ...row } = rebuilt(NOTHING, { golden, ...assembled });
			return row;
		});
		return { id, rebuilt: JSON.stringify(rows), goldens };
	} catch (error) {
		return { id, fault: faultOf(error) };
	}
}
