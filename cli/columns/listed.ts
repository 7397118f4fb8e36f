/** Names or remarks that a message repeats. */
const MOST = 40;
/** Characters of each. */
const LONGEST = 40;

/** Names of columns for a message: a line of a terminal, and not hundreds of them. */
export function listed(names: readonly string[]): string {
	const shown = names.slice(0, MOST).map((name) => (name.length > LONGEST ? `${name.slice(0, LONGEST)}...` : name));
	return `${shown.join(', ')}${names.length > MOST ? ` and ${names.length - MOST} more` : ''}`;
}
