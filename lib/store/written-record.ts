import type { RecordNo, SourceRecord } from '../domain';
import type { WrittenRecord } from './interface';

/** What a store holds after it has written `record`, as if it were read back. */
export function writtenRecord(
	{ system, object, sourceId, version, updatedAt, kind, attributes, identifiers, consent, links, activity, deleted }: SourceRecord,
	row: { no: RecordNo; profileNo: number | null; firstSeenAt: string; hash: string },
): WrittenRecord {
	return {
		...row,
		system,
		object,
		sourceId,
		version,
		updatedAt,
		kind,
		attributes,
		identifiers,
		consent,
		links,
		...(activity && { activity }),
		...(deleted && { deleted }),
	};
}
