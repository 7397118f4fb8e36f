/**
 * The IDs by which a caller named profiles, and under which ID each of them is known by now: a profile can be merged into another one while the run goes on,
 * and what is said of that one is then said to whoever named either.
 */
export class NamedIds {
	/** Every ID under which a run has met a named profile, to the IDs by which it was named. */
	private readonly namesOf: Map<string, Set<string>>;
	private readonly silent: Set<string>;

	constructor(names: readonly string[]) {
		this.namesOf = new Map(names.map((name) => [name, new Set([name])]));
		this.silent = new Set(names);
	}

	/** Takes in what the store says now: the profiles behind some IDs that this run knows. */
	follow(found: ReadonlyMap<string, { canonicalId: string }>): void {
		for (const [id, { canonicalId }] of found) {
			const names = this.namesOf.get(canonicalId) ?? new Set();
			for (const name of this.namesOf.get(id) ?? []) names.add(name);
			this.namesOf.set(canonicalId, names);
		}
	}

	/** Who is to hear what is said of a profile. They have heard something then. */
	tell(canonicalId: string): string[] {
		const names = [...(this.namesOf.get(canonicalId) ?? [])];
		for (const name of names) this.silent.delete(name);
		return names;
	}

	/** Of these, those to whom nothing was said. */
	untold(names: readonly string[]): string[] {
		return names.filter((name) => this.silent.has(name));
	}
}
