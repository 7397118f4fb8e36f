import type { VendorReply, VendorRequest } from '../vendor-server';
import { rateLimited } from './errors';
import type { HubSpotSettings } from './state';

const TEN_SECONDS = 10_000;

/** HubSpot's two rolling windows: one for searches, one for everything else. */
export function createLimits(settings: HubSpotSettings): {
	check(request: VendorRequest): VendorReply | undefined;
	headers(request: VendorRequest): Record<string, string>;
} {
	let calls: number[] = [];
	let searches: number[] = [];
	const isSearch = (request: VendorRequest) => request.path.endsWith('/search');
	return {
		check(request) {
			const now = Date.now();
			calls = calls.filter((time) => time > now - TEN_SECONDS);
			searches = searches.filter((time) => time > now - 1000);
			if (isSearch(request)) {
				if (searches.length >= settings.searchesPerSecond) return rateLimited('SECONDLY');
				searches.push(now);
				return undefined;
			}
			if (calls.length >= settings.callsPerTenSeconds) return { ...rateLimited('TEN_SECONDLY_ROLLING'), headers: this.headers(request) };
			calls.push(now);
			return undefined;
		},
		headers(request): Record<string, string> {
			if (isSearch(request)) return {};
			return {
				'x-hubspot-ratelimit-interval-milliseconds': String(TEN_SECONDS),
				'x-hubspot-ratelimit-max': String(settings.callsPerTenSeconds),
				'x-hubspot-ratelimit-remaining': String(Math.max(0, settings.callsPerTenSeconds - calls.length)),
			};
		},
	};
}
