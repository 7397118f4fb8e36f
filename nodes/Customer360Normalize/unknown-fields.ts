import type { INodeExecutionData } from 'n8n-workflow';

/** Items that are looked at for the fields of a mapping. */
const LOOKED_AT = 1000;
/** Fields of an item that a hint names. */
const NAMED = 20;

/**
 * Says which of these fields no item has at all: a wrong name, or a value where the name belongs. Undefined when there is none. A field that is there and
 * empty is nothing to speak of.
 */
export function unknownFields(paths: readonly string[], items: readonly INodeExecutionData[]): string | undefined {
	const known = new Set(items.slice(0, LOOKED_AT).flatMap(({ json }) => Object.keys(json)));
	const unknown = paths.filter((path) => !known.has(path) && !known.has(path.split('.')[0]?.replace(/\[\]$/, '') ?? ''));
	if (unknown.length === 0 || known.size === 0) return undefined;
	const names = [...known].slice(0, NAMED).join(', ');
	const more = known.size > NAMED ? ` and ${known.size - NAMED} more` : '';
	return `No item has a field ${unknown.map((path) => `"${path}"`).join(' or ')}. Give the name of the field, not its value; small and capital letters count. There are: ${names}${more}.`;
}
