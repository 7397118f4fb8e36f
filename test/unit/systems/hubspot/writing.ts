import { hubspot } from '../../../../lib/systems/hubspot';
import type { WriteItem, WriteResult } from '../../../../lib/systems/definition';
import { openBench, type Bench } from './sandbox';

export const contacts = hubspot.destinations.contact!;
export const companies = hubspot.destinations.company!;

export async function openWithFields(options: Parameters<typeof openBench>[0] = {}): Promise<Bench> {
	const bench = await openBench(options);
	await contacts.ensureFields(bench.client, contacts.defaultFields);
	await companies.ensureFields(bench.client, companies.defaultFields);
	bench.server.resetCalls();
	return bench;
}

export function addContacts(bench: Bench, count: number): string[] {
	return Array.from({ length: count }, (_, index) => bench.state.add('contacts', { email: `person${index}@example.org` }).id);
}

export function update(targetId: string, fields: WriteItem['fields'] = { c360_id: `c-${targetId}` }): WriteItem {
	return { targetId, canonicalId: `c-${targetId}`, fields };
}

export function create(email: string | undefined, fields: WriteItem['fields'] = { c360_id: 'c-new' }): WriteItem {
	return { targetId: null, canonicalId: `c-${email}`, fields, email };
}

export const statusOf = (results: WriteResult[]) => results.map(({ status }) => status);

export async function failureOf(attempt: Promise<unknown>): Promise<unknown> {
	return await attempt.then(
		() => undefined,
		(error: unknown) => error,
	);
}
