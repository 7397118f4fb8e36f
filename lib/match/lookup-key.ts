/** The key under which records with this identifier are found. */
export function identifierLookupKey(entity: 'person' | 'company', kind: string, value: string): string {
	return `${entity}|${kind}:${value}`;
}
