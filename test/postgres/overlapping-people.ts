import type { SourceRecord } from '../../lib/domain';

/** Systems of the records, from the most to the least trusted. */
export const SYSTEMS = ['crm', 'shop', 'support'];

const GIVEN = ['Ann', 'Bob', 'Carla', 'Dan', 'Eve', 'Frank', 'Gina', 'Hal', 'Ida', 'Jon'];
const FAMILY = ['Hill', 'Wood', 'Stone', 'Marsh', 'Brook', 'Field', 'Glen', 'Ford', 'Dale', 'Heath', 'Lake', 'Moor', 'Cliff'];

/** Records of `people` people, each known to all three systems; the last of a person's records ties together what the others don't share. */
export function overlappingRecords(people: number): SourceRecord[] {
	return Array.from({ length: people }, (_, i) => recordsOf(i)).flat();
}

function recordsOf(i: number): SourceRecord[] {
	const [given, family] = [GIVEN[i % GIVEN.length] ?? '', `${FAMILY[i % FAMILY.length] ?? ''}${FAMILY[(i * 7) % FAMILY.length]?.toLowerCase() ?? ''}`];
	const [email, phone] = [`${given.toLowerCase()}.${family.toLowerCase()}.${i}@example.com`, `+1212555${String(1000 + i)}`];
	return [
		record('crm', i, given, family, { email }),
		record('shop', i, given, family, { phone }),
		record('support', i, given, family, { email, phone }),
	];
}

function record(system: string, i: number, given: string, family: string, identifiers: Record<string, string>): SourceRecord {
	const known = { given_name: given, family_name: family, ...identifiers };
	return {
		system,
		object: 'contact',
		sourceId: String(i),
		version: '1',
		updatedAt: '2026-01-01T00:00:00.000Z',
		kind: 'person',
		attributes: Object.fromEntries(Object.entries(known).map(([name, value]) => [name, [{ value, valid: true }]])),
		identifiers: Object.entries(identifiers).map(([kind, value]) => ({ kind, value })),
		consent: [],
		links: [],
	};
}
