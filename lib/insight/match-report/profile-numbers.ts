import type { Entity, RecordNo } from '../../domain';
import type { StoredRecord } from '../../store';

/** Which profile and entity each record has: a few bytes a record, so that a large store fits into the memory. */
export class ProfileNumbers {
	private profiles = new Int32Array(1024);
	private companies = new Uint8Array(1024);
	private last = 0;

	add({ no, profileNo, kind }: Pick<StoredRecord, 'no' | 'profileNo' | 'kind'>): void {
		while (no >= this.profiles.length) {
			const [profiles, companies] = [new Int32Array(this.profiles.length * 2), new Uint8Array(this.companies.length * 2)];
			profiles.set(this.profiles);
			companies.set(this.companies);
			[this.profiles, this.companies] = [profiles, companies];
		}
		this.profiles[no] = profileNo ?? 0;
		this.companies[no] = kind === 'company' ? 1 : 0;
		this.last = Math.max(this.last, no);
	}

	/** 0 for a record that is in no profile. */
	of(no: RecordNo): number {
		return this.profiles[no] ?? 0;
	}

	entityOf(no: RecordNo): Entity {
		return this.companies[no] === 1 ? 'company' : 'person';
	}

	/** Records of each profile, by profile number. */
	sizes(): Map<number, number> {
		const sizes = new Map<number, number>();
		for (let no = 1; no <= this.last; no++) {
			const profile = this.of(no);
			if (profile > 0) sizes.set(profile, (sizes.get(profile) ?? 0) + 1);
		}
		return sizes;
	}

	*recordsOf(profiles: ReadonlySet<number>): Generator<RecordNo> {
		for (let no = 1; no <= this.last; no++) if (profiles.has(this.of(no))) yield no;
	}
}
