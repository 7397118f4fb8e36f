import type { Identifier } from '../domain';

/**
 * Whether an identifier is filler that says nothing about who it is: flagged so by Normalize, or of a form that no real value has.
 * Kept apart from the model's blocked values, which a team adds for its own data.
 */
export function isPlaceholder(identifier: Identifier): boolean {
	if (identifier.flags?.includes('placeholder')) return true;
	const text = identifier.value.toLowerCase();
	if (/^(?:none|null|n\/?a|unknown|undefined|test|tbd|-+|x+|0+)$/.test(text)) return true;
	const digits = text.replace(/\D/g, '');
	return identifier.kind === 'phone' && (digits.length < 5 || /^(\d)\1+$/.test(digits));
}
