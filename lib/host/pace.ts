/** How far long work is, how fast it goes and how long it will take, in words. */
export class Pace {
	#before = 0;
	#done = 0;

	/**
	 * @param what is done
	 * @param unit of what is counted, in the plural
	 * @param total in all; left out while it isn't known
	 * @param started milliseconds
	 */
	constructor(
		private readonly what: string,
		private readonly unit: string,
		private total: number | undefined,
		private readonly started: number,
	) {}

	/** Of this run, without what was done before. */
	get done(): number {
		return this.#done - this.#before;
	}

	/** @param before what was done before this run, and took none of its time */
	begin(before: number): void {
		this.#before = before;
		this.#done = before;
	}

	/** @param total when it became known only now */
	at(done: number, total = this.total): void {
		this.#done = done;
		this.total = total;
	}

	/** Milliseconds since the start. */
	took(now: number): number {
		return now - this.started;
	}

	/** `Matching: 2,500 of 10,000 rows, 625 a second, 12 s left` */
	line(now: number): string {
		// What comes up on the way is more than was counted before.
		const of = this.total === undefined ? '' : ` of ${grouped(Math.max(this.total, this.#done))}`;
		return `${this.what}: ${grouped(this.#done)}${of} ${this.unit}, ${this.#rate(now)} a second${this.#left(now)}`;
	}

	/** `Matching: 10,000 rows in 3 min 20 s, 50 a second` */
	summary(now: number): string {
		return `${this.what}: ${grouped(this.done)} ${this.unit} in ${duration(this.took(now) / 1000)}, ${this.#rate(now)} a second`;
	}

	#rate(now: number): string {
		return grouped(Math.round((this.done * 1000) / Math.max(1, this.took(now))));
	}

	#left(now: number): string {
		if (this.total === undefined || this.done <= 0 || this.#done >= this.total) return '';
		return `, ${duration(((this.total - this.#done) * this.took(now)) / this.done / 1000)} left`;
	}
}

/** `8 s`, `3 min 20 s`, `2 h 5 min` */
export function duration(seconds: number): string {
	const whole = Math.max(1, Math.round(seconds));
	const [hours, minutes] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60)];
	if (hours > 0) return `${grouped(hours)} h ${minutes} min`;
	return minutes > 0 ? `${minutes} min ${whole % 60} s` : `${whole} s`;
}

function grouped(count: number): string {
	return count.toLocaleString('en-US');
}
