/** One step of a path: a property, and whether every element of the list behind it is meant. */
interface Step {
	name: string;
	each: boolean;
}

const compiled = new Map<string, readonly Step[]>();

/**
 * Reads a path of a mapping: `properties.email`, `identities[].value`, `lines.0.amount`.
 * @throws Error when a step is empty; the message says what is wrong, the caller adds which field.
 */
export function compilePath(path: string): readonly Step[] {
	const known = compiled.get(path);
	if (known) return known;
	const steps = path.split('.').map((part) => {
		const each = part.endsWith('[]');
		const name = each ? part.slice(0, -2) : part;
		if (name.trim() === '' || /[[\]]/.test(name)) {
			throw new Error(`the path has a step "${part}" that cannot be read; write it like identities[].value`);
		}
		return { name, each };
	});
	compiled.set(path, steps);
	return steps;
}

/** An own property of an object or list; nothing is ever read from a prototype. */
function own(holder: unknown, name: string): unknown {
	if (typeof holder !== 'object' || holder === null || !Object.hasOwn(holder, name)) return undefined;
	return (holder as Record<string, unknown>)[name];
}

/**
 * All values at a path, in order. A key that is spelled like the whole path (`address.city` in flat data) comes first.
 * A list at the end counts as its elements, whether the path says `[]` or not. Missing values are left out.
 */
export function readPath(raw: Record<string, unknown>, path: string): unknown[] {
	let found: unknown[] = [];
	if (Object.hasOwn(raw, path)) {
		const value = raw[path];
		if (!Array.isArray(value)) return value === undefined || value === null ? [] : [value];
		found = [value];
	} else {
		found = [raw];
		for (const { name, each } of compilePath(path)) {
			const next: unknown[] = [];
			for (const holder of found) {
				const value = own(holder, name);
				if (each && Array.isArray(value)) for (const element of value) next.push(element);
				else next.push(value);
			}
			found = next;
		}
	}
	return found.flat().filter((value) => value !== undefined && value !== null);
}
