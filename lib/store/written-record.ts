import type { RecordNo, SourceRecord } from '../domain';
import type { WrittenRecord } from './interface';
import { PackedRecord, PackedWrittenRecord } from './packed-record';

/** What a store holds after it has written `record`, as if it were read back. */
export function writtenRecord(record: SourceRecord, row: { no: RecordNo; profileNo: number | null; firstSeenAt: string; hash: string }): WrittenRecord {
	if (record instanceof PackedRecord) return new PackedWrittenRecord(record, row);
	const { system, object, sourceId, version, updatedAt, kind, attributes, identifiers, consent, links, activity, deleted } = record;
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
