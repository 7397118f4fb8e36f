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
	let recent: number[] = [];
	let underWay = 0;
	let most = 0;
	let refused = 0;
	let came = 0;
	let holding = false;
	const held: ((reply: VendorReply) => void)[] = [];
	let toRefuse: number | undefined;
	let closedUntil = 0;

	const refusal = (retryAfterS: number) => {
		refused += 1;
		return { status: 429, ...(retryAfterS > 0 && { headers: { 'retry-after': String(retryAfterS) } }), body: {} };
	};
	/** A refusal after which nothing may come for so long. */
	const closing = (retryAfterS: number) => {
		closedUntil = Math.max(closedUntil, performance.now() + retryAfterS * 1000 - TOLERANCE_MS);
		return refusal(retryAfterS);
	};

	const server = await startVendorServer({
		name: 'shop',
		authorize: () => undefined,
		notFound: () => ({ status: 404 }),
		limit: () => {
			came += 1;
			const now = performance.now();
			recent = [...recent.filter((at) => now - at < withinMs), now];
			if (toRefuse !== undefined) {
				const retryAfterS = toRefuse;
				toRefuse = undefined;
				return closing(retryAfterS);
			}
			return recent.length > calls || now < closedUntil ? refusal(1) : undefined;
		},
		routes: [
			{
				method: 'GET',
				pattern: /.*/,
				name: 'read people',
				async handle() {
					underWay += 1;
					most = Math.max(most, underWay);
					const reply = holding ? new Promise<VendorReply>((resolve) => held.push(resolve)) : PEOPLE;
					await new Promise((resolve) => setTimeout(resolve, answerMs));
					await reply;
					underWay -= 1;
					return reply;
				},
			},
		],
	});
	return {
		server,
		refused: () => refused,
		mostAtOnce: () => most,
		came: () => came,
		hold() {
			holding = true;
		},
		release() {
			holding = false;
			for (const answer of held.splice(0)) answer(PEOPLE);
		},
		refuse(retryAfterS) {
			toRefuse = retryAfterS;
		},
		refuseHeld(retryAfterS = 0) {
			held.shift()?.(closing(retryAfterS));
		},
	};
}
