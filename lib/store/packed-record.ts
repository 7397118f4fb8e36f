import type { RecordKind, RecordNo, RecordRef, SourceRecord } from '../domain';
import type { WrittenRecord } from './interface';

type Said = Pick<SourceRecord, 'attributes' | 'identifiers' | 'consent' | 'activity'>;

/** What a record says, as the text that a store keeps of it. It is read only when somebody asks. */
export class PackedContent {
	#said: Said | undefined;

	/** @param hash of the content, kind and deletion, as `recordContent` makes it */
	constructor(
		readonly json: string,
		readonly hash: string,
	) {}

	get said(): Said {
		return (this.#said ??= JSON.parse(this.json) as Said);
	}
}

/** All of a record that can be told without reading its content. */
export type PackedHead = RecordRef & Pick<SourceRecord, 'version' | 'updatedAt' | 'kind' | 'links' | 'deleted'>;

/** A source record whose content was made into text before, in another thread for instance. */
export class PackedRecord implements SourceRecord {
	readonly system: string;
	readonly object: string;
	readonly sourceId: string;
	readonly version: string;
	readonly updatedAt: string;
	readonly kind: RecordKind;
	readonly links: SourceRecord['links'];
	readonly deleted?: boolean;

	constructor(
		{ system, object, sourceId, version, updatedAt, kind, links, deleted }: PackedHead,
		readonly content: PackedContent,
	) {
		this.system = system;
		this.object = object;
		this.sourceId = sourceId;
		this.version = version;
		this.updatedAt = updatedAt;
		this.kind = kind;
		this.links = links;
		if (deleted === true) this.deleted = true;
	}

	get attributes(): SourceRecord['attributes'] {
		return this.content.said.attributes;
	}

	get identifiers(): SourceRecord['identifiers'] {
		return this.content.said.identifiers;
	}

	get consent(): SourceRecord['consent'] {
		return this.content.said.consent;
	}

	get activity(): SourceRecord['activity'] {
		return this.content.said.activity;
	}
}

/** The same as it stands after it was put. */
export class PackedWrittenRecord extends PackedRecord implements WrittenRecord {
	readonly no: RecordNo;
	readonly profileNo: number | null;
	readonly firstSeenAt: string;
	readonly hash: string;

	constructor(record: PackedRecord, { no, profileNo, firstSeenAt, hash }: Pick<WrittenRecord, 'no' | 'profileNo' | 'firstSeenAt' | 'hash'>) {
		super(record, record.content);
		this.no = no;
		this.profileNo = profileNo;
		this.firstSeenAt = firstSeenAt;
		this.hash = hash;
	}
}

/** The record with another time of change. */
export function withTimeOfChange(record: SourceRecord, updatedAt: string): SourceRecord {
	return record instanceof PackedRecord ? new PackedRecord({ ...headOf(record), updatedAt }, record.content) : { ...record, updatedAt };
}

export function headOf({ system, object, sourceId, version, updatedAt, kind, links, deleted }: SourceRecord): PackedHead {
	return { system, object, sourceId, version, updatedAt, kind, links, ...(deleted && { deleted }) };
}
