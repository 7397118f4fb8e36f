import type { VendorServer } from './vendor-server';

/** A running look-alike with what a client needs to reach it. Every vendor's `start` function returns one. */
export interface VendorSandbox<State = unknown> {
	server: VendorServer;
	/** In the form of the system's credential type, base URL included. */
	credentials: Record<string, string>;
	/** The vendor's data, for seeding and for looking at what was written. */
	state: State;
}
