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

/**
 * The same where nothing can be done without it.
 * @param remedy a sentence that says what to give
 * @throws Error that names the parameter
 */
export function requiredText(context: ParameterContext, name: string, itemIndex: number, remedy: string, label = labelOf(name)): string {
	const text = textParameter(context, name, itemIndex, label);
	if (text === '') throw new Error(`"${label}" is empty. ${remedy}`);
	return text;
}

/** A value as trimmed text. */
export function toText(value: unknown, label: string): string {
	if (value === undefined || value === null) return '';
	if (typeof value === 'string') return value.trim();
	if (typeof value === 'number' || typeof value === 'boolean') return String(value);
	throw new Error(`"${label}" must be text, and its expression gives ${Array.isArray(value) ? 'a list' : 'an object'}. Choose one value of it.`);
}

/** A switch as {@link toFlag} reads it. */
export function flagParameter(context: ParameterContext, name: string, itemIndex: number, otherwise: boolean, label = labelOf(name)): boolean {
	return toFlag(context.getNodeParameter(name, itemIndex, otherwise), label);
}

/** What was chosen of a list, as {@link toChoice} reads it. */
export function choiceParameter<Choice extends string>(context: ParameterContext, name: string, itemIndex: number, choices: readonly Choice[], label = labelOf(name)): Choice {
	return toChoice(context.getNodeParameter(name, itemIndex), choices, label);
}

/** @throws Error that names the parameter */
export function wholeNumberParameter(context: ParameterContext, name: string, itemIndex: number, least: number, label = labelOf(name)): number {
	const text = textParameter(context, name, itemIndex, label);
	const value = Number(text);
	if (text === '' || !Number.isSafeInteger(value) || value < least) throw new Error(`"${label}" is "${text}" and must be a whole number of at least ${least}.`);
	return value;
}

/** A switch. Taken as they are, any text an expression gives would be "on", also "false", and a field that is not there "off". @throws Error that names the parameter */
export function toFlag(value: unknown, label: string): boolean {
	if (typeof value === 'boolean') return value;
	const text = toText(value, label);
	if (text === 'true' || text === 'false') return text === 'true';
	throw new Error(`"${label}" must be true or false, and its expression gives ${text === '' ? 'nothing' : `"${text}"`}.`);
}

/** What was chosen of a list; an expression may give something that is not in it. @throws Error that names the parameter */
export function toChoice<Choice extends string>(value: unknown, choices: readonly Choice[], label: string): Choice {
	const text = toText(value, label);
	const chosen = choices.find((choice) => choice === text);
	if (chosen === undefined) throw new Error(`"${label}" is "${text}" and must be ${choices.map((choice) => `"${choice}"`).join(' or ')}.`);
	return chosen;
}

/** `options.defaultCountry` is shown as Default Country, `canonicalId` as Canonical ID. */
function labelOf(name: string): string {
	const words = (name.split('.').at(-1) ?? name).replace(/([A-Z])/g, ' $1').replace(/\bId\b|^id\b/g, 'ID');
	return words.charAt(0).toUpperCase() + words.slice(1);
}
