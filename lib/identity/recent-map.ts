/** A Map that keeps what was set last, at most so many entries. */
export class RecentMap<Key, Value> {
	/** The newest entries, and those before them, which go all at once: taking the oldest out of a long Map one by one takes ever longer. */
	private recent = new Map<Key, Value>();
	private older = new Map<Key, Value>();

	constructor(private readonly most: number) {}

	get(key: Key): Value | undefined {
		return this.recent.get(key) ?? this.older.get(key);
	}

	set(key: Key, value: Value): void {
		this.recent.set(key, value);
		if (this.recent.size * 2 <= this.most) return;
		this.older = this.recent;
		this.recent = new Map();
	}

	clear(): void {
		this.recent = new Map();
		this.older = new Map();
	}
}
