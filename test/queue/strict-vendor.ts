import { startVendorServer, type VendorReply, type VendorServer } from '../sandbox/vendor-server';

export interface StrictVendor {
	server: VendorServer;
	/** Requests that were refused because there were too many. */
	refused(): number;
	/** The most requests that were under way at one time. */
	mostAtOnce(): number;
	/** Requests that came so far. */
	came(): number;
	/** Until told otherwise, requests get no answer. */
	hold(): void;
	release(): void;
	/** The next request is refused with this Retry-After, and so is every one that comes before that is over. */
	refuse(retryAfterS: number): void;
	/** The first of the held requests is refused; with Retry-After, so is every one that comes before that is over. */
	refuseHeld(retryAfterS?: number): void;
}

const PEOPLE: VendorReply = { body: { people: [] } };

/** By so many milliseconds a wait may look shorter to the vendor than it was. */
const TOLERANCE_MS = 50;

/** A vendor that answers each request after `answerMs` and refuses what goes beyond `calls` in any span of `withinMs`. */
export async function startStrictVendor({ calls = Infinity, withinMs = 1_000, answerMs = 0 }: { calls?: number; withinMs?: number; answerMs?: number }): Promise<StrictVendor> {
	const gate = new Gate(calls, withinMs);
	const desk = new ServingDesk(answerMs);
	const server = await startVendorServer({
		name: 'shop',
		authorize: () => undefined,
		notFound: () => ({ status: 404 }),
		limit: () => gate.limit(),
		routes: [{ method: 'GET', pattern: /.*/, name: 'read people', handle: () => desk.serve() }],
	});
	return {
		server,
		refused: () => gate.refused,
		mostAtOnce: () => desk.most,
		came: () => gate.came,
		hold: () => desk.hold(),
		release: () => desk.release(),
		refuse: (retryAfterS) => gate.refuseNext(retryAfterS),
		refuseHeld: (retryAfterS = 0) => desk.answerFirst(() => gate.close(retryAfterS)),
	};
}

/** Lets requests in, or refuses them. */
class Gate {
	came = 0;
	refused = 0;
	private recent: number[] = [];
	private toRefuse: number | undefined;
	private closedUntil = 0;

	constructor(
		private readonly calls: number,
		private readonly withinMs: number,
	) {}

	limit(): VendorReply | undefined {
		this.came += 1;
		const now = performance.now();
		this.recent = [...this.recent.filter((at) => now - at < this.withinMs), now];
		if (this.toRefuse !== undefined) {
			const retryAfterS = this.toRefuse;
			this.toRefuse = undefined;
			return this.close(retryAfterS);
		}
		return this.recent.length > this.calls || now < this.closedUntil ? this.refusal(1) : undefined;
	}

	refuseNext(retryAfterS: number): void {
		this.toRefuse = retryAfterS;
	}

	/** A refusal after which nothing may come for so long. */
	close(retryAfterS: number): VendorReply {
		this.closedUntil = Math.max(this.closedUntil, performance.now() + retryAfterS * 1000 - TOLERANCE_MS);
		return this.refusal(retryAfterS);
	}

	private refusal(retryAfterS: number): VendorReply {
		this.refused += 1;
		return { status: 429, ...(retryAfterS > 0 && { headers: { 'retry-after': String(retryAfterS) } }), body: {} };
	}
}

/** Answers what was let in, after a while or when it is told to. */
class ServingDesk {
	most = 0;
	private underWay = 0;
	private holding = false;
	private readonly held: ((reply: VendorReply) => void)[] = [];

	constructor(private readonly answerMs: number) {}

	async serve(): Promise<VendorReply> {
		this.underWay += 1;
		this.most = Math.max(this.most, this.underWay);
		const reply = this.holding ? new Promise<VendorReply>((resolve) => this.held.push(resolve)) : PEOPLE;
		await new Promise((resolve) => setTimeout(resolve, this.answerMs));
		await reply;
		this.underWay -= 1;
		return reply;
	}

	hold(): void {
		this.holding = true;
	}

	release(): void {
		this.holding = false;
		for (const answer of this.held.splice(0)) answer(PEOPLE);
	}

	/** @param reply asked for only where one is held */
	answerFirst(reply: () => VendorReply): void {
		this.held.shift()?.(reply());
	}
}
