/** How long each step of a run took, all its turns together. One step runs at a time. */
export class StepTimes {
	private readonly totals = new Map<string, number>();
	private step: string | undefined;
	private since = 0;

	/** From now on this step runs; undefined when nothing does that is worth a name. */
	enter(step: string | undefined): void {
		const now = performance.now();
		if (this.step !== undefined) this.totals.set(this.step, (this.totals.get(this.step) ?? 0) + now - this.since);
		this.step = step;
		this.since = now;
	}

	/** In order of first appearance, in seconds. */
	list(): { step: string; seconds: number }[] {
		this.enter(this.step);
		return [...this.totals].map(([step, milliseconds]) => ({ step, seconds: Math.round(milliseconds) / 1000 }));
	}
}
