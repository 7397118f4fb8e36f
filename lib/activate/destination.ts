import type { Profile } from '../domain';
import type { DestinationField, DestinationObject } from '../systems/definition';

/** Where to and what: one destination of one account, with the user's choices. */
export interface Destination {
	system: string;
	object: string;
	account: string;
	definition: DestinationObject;
	fields: readonly DestinationField[];
	/** Whether a profile that has no record there gets one. */
	createMissing: boolean;
	/** Whether segments are kept as tags too. */
	segmentTags: boolean;
}

/** The destination's name in the ledger: two accounts of one system don't share it. */
export function destinationName({ system, object, account }: Pick<Destination, 'system' | 'object' | 'account'>): string {
	return `${system}:${object}@${account}`;
}

/** The name under which the ledger keeps the creation of a profile's record. */
export function newTarget(canonicalId: string): string {
	return `new:${canonicalId}`;
}

/** A profile that has gone by several IDs may have been created in the destination under any of them. */
export function newTargets({ canonicalId, aliases }: Pick<Profile, 'canonicalId' | 'aliases'>): string[] {
	return [canonicalId, ...aliases].map(newTarget);
}
