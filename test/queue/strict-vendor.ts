import { startVendorServer, type VendorServer } from '../sandbox/vendor-server';

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
}

/** A vendor that answers each request after `answerMs` and refuses what goes beyond `calls` in any span of `withinMs`. */
export async function startStrictVendor({ calls = Infinity, withinMs = 1_000, answerMs = 0 }: { calls?: number; withinMs?: number; answerMs?: number }): Promise<StrictVendor> {
	let recent: number[] = [];
	let underWay = 0;
	let most = 0;
	let refused = 0;
	let came = 0;
	let open = Promise.resolve();
	let release: () => void = () => undefined;

	const server = await startVendorServer({
		name: 'shop',
		authorize: () => undefined,
		notFound: () => ({ status: 404 }),
		limit: () => {
			came += 1;
			const now = performance.now();
			recent = [...recent.filter((at) => now - at < withinMs), now];
			if (recent.length <= calls) return undefined;
			refused += 1;
			return { status: 429, headers: { 'retry-after': '1' }, body: {} };
		},
		routes: [
			{
				method: 'GET',
				pattern: /.*/,
				name: 'read people',
				async handle() {
					underWay += 1;
					most = Math.max(most, underWay);
					await new Promise((resolve) => setTimeout(resolve, answerMs));
					await open;
					underWay -= 1;
					return { body: { people: [] } };
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
			open = new Promise((resolve) => (release = resolve));
		},
		release: () => release(),
	};
}
