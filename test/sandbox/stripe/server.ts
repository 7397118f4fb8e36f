import { type Route, startVendorServer, type VendorReply, type VendorRequest } from '../vendor-server';
import type { VendorSandbox } from '../vendor-sandbox';
import type { World } from '../world/types';
import { checkKey, RateWindow } from './access';
import { refusal, Refused } from './errors';
import { Idempotency } from './idempotency';
import { stripeRoutes } from './routes';
import { seedStripe } from './seed';
import { StripeState } from './state';

export interface StripeSandboxOptions {
	port?: number;
	world?: World['stripe'];
	/** The vendor's time, milliseconds since 1970. */
	clock?: () => number;
	secretKey?: string;
	/** Restricted keys with their permissions, e.g. `{ rk_live_support: ['rak_customer_read'] }`. */
	restrictedKeys?: Record<string, readonly string[]>;
	expiredKeys?: readonly string[];
	/** Calls a second; the vendor's own limit of the key's mode when left out. */
	perSecond?: number;
}

const LIVE_PER_SECOND = 100;
const TEST_PER_SECOND = 25;

/** Starts a look-alike of Stripe's API with customers, subscriptions, invoices and the events of all their changes. */
export async function startStripe(options: StripeSandboxOptions = {}): Promise<VendorSandbox<StripeState>> {
	const state = new StripeState(options.clock ?? Date.now);
	if (options.world) seedStripe(state, options.world);
	const secret = options.secretKey ?? 'sk_live_lookalike';
	const keys = { secret, restricted: options.restrictedKeys ?? {}, expired: options.expiredKeys ?? [] };
	const window = new RateWindow(options.perSecond ?? (secret.includes('_live_') ? LIVE_PER_SECOND : TEST_PER_SECOND));
	const idempotency = new Idempotency(() => state.now());

	const stamped = (reply: VendorReply): VendorReply => ({
		...reply,
		headers: { date: new Date(state.clock()).toUTCString(), 'request-id': state.newId('req'), ...reply.headers },
	});
	const answered = (request: VendorRequest, handle: Route['handle']): VendorReply => {
		try {
			return handle(request) as VendorReply;
		} catch (error) {
			if (error instanceof Refused) return error.reply;
			throw error;
		}
	};
	const routes = stripeRoutes(state, idempotency).map((route) => ({
		...route,
		handle: (request: VendorRequest) => stamped(answered(request, route.handle)),
	}));

	const server = await startVendorServer(
		{
			name: 'stripe',
			routes,
			authorize: (request) => {
				const reply = checkKey(keys, request);
				return reply && stamped(reply);
			},
			limit: (request) => {
				const reply = window.check(request);
				return reply && stamped(reply);
			},
			notFound: (request) =>
				stamped(refusal(404, { message: `Unrecognized request URL (${request.method}: ${request.path}). Please see https://stripe.com/docs.` })),
		},
		options.port,
	);
	return { server, credentials: { secretKey: secret, baseUrl: server.url }, state };
}
