import type { IdentityStore } from '../../../lib';
import type { StripeState } from '../../sandbox/stripe/state';
import { customerObject } from '../../sandbox/stripe/objects';
import { type Bench, hubspotBench, newStore, pull, stripeBench, type watched } from '../walk';

/** People of whom only some have a contact in the CRM; the others are customers in billing. */
export interface Crowd {
	store: IdentityStore;
	hubspot: Awaited<ReturnType<typeof hubspotBench>>;
	stripe: Bench<StripeState>;
	/** IDs of the contacts, in the order of the people. */
	contacts: string[];
}

export async function crowd(people: number, contactEvery = 1): Promise<Crowd> {
	const [hubspot, stripe, store] = [await hubspotBench(), await stripeBench(), await newStore()];
	const contacts: string[] = [];
	for (let index = 0; index < people; index += 1) {
		const email = `person${index}@brindlewood-${index}.com`;
		const isContact = index % contactEvery === 0;
		if (isContact) contacts.push(hubspot.state.add('contacts', { email, firstname: `Given${index}`, lastname: `Family${index}` }).id);
		else stripe.state.save('customer', customerObject(`cus_${index}`, stripe.state.now(), { email, name: `Given${index} Family${index}` }), 'customer.created');
	}
	// In this order, so that profiles with and without a contact lie mixed in the change feed only where the test wants it.
	await pull(store, hubspot as Bench<unknown>, ['contact']);
	if (contactEvery > 1) await pull(store, stripe as Bench<unknown>, ['customer']);
	return { store, hubspot, stripe, contacts };
}

/** Reads the CRM once more, so that what was changed there reaches the profiles. */
export async function readAgain({ store, hubspot }: Pick<Crowd, 'store' | 'hubspot'>): Promise<void> {
	await pull(store, hubspot as Bench<unknown>, ['contact']);
}

interface Inputs {
	inputs: { id: string; properties: Record<string, string> }[];
}

/** The record inputs of all update calls that went out. */
export function sentInputs({ requests }: ReturnType<typeof watched>): Inputs['inputs'] {
	return requests.filter(({ path }) => path.endsWith('/batch/update')).flatMap(({ json }) => (json as Inputs).inputs);
}
