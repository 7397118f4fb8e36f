/** Reads parameters; the part of execute() and the like that this needs. */
interface ParameterContext {
	getNodeParameter(name: string, itemIndex: number, fallback?: unknown): unknown;
}

/**
 * A parameter as trimmed text. Empty where it is not set; a list or an object (an expression that went wrong) is an error that names the parameter.
 * @param label as the node shows it, where the name doesn't tell
 */
export function textParameter(context: ParameterContext, name: string, itemIndex: number, label = labelOf(name)): string {
	return toText(context.getNodeParameter(name, itemIndex, ''), label);
}

/** A value as trimmed text. */
export function toText(value: unknown, label: string): string {
	if (value === undefined || value === null) return '';
	if (typeof value === 'string') return value.trim();
	if (typeof value === 'number' || typeof value === 'boolean') return String(value);
	throw new Error(`"${label}" must be text, and its expression gives ${Array.isArray(value) ? 'a list' : 'an object'}. Choose one value of it.`);
}

/** `options.defaultCountry` is shown as Default Country, `canonicalId` as Canonical ID. */
function labelOf(name: string): string {
	const words = (name.split('.').at(-1) ?? name).replace(/([A-Z])/g, ' $1').replace(/\bId\b|^id\b/g, 'ID');
	return words.charAt(0).toUpperCase() + words.slice(1);
}
