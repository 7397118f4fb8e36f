/** Reads parameters; the part of execute() and the like that this needs. */
interface ParameterContext {
	getNodeParameter(name: string, itemIndex: number, fallback?: unknown): unknown;
}

/** A parameter as trimmed text. Empty where it is not set; a list or an object (an expression that went wrong) is an error that names the parameter. */
export function textParameter(context: ParameterContext, name: string, itemIndex: number): string {
	return toText(context.getNodeParameter(name, itemIndex, ''), name);
}

/** A value as trimmed text. */
export function toText(value: unknown, name: string): string {
	if (value === undefined || value === null) return '';
	if (typeof value === 'string') return value.trim();
	if (typeof value === 'number' || typeof value === 'boolean') return String(value);
	throw new Error(`"${name}" must be text, and its expression gives ${Array.isArray(value) ? 'a list' : 'an object'}. Choose one value of it.`);
}
