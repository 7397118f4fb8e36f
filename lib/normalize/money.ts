import { code } from 'currency-codes';
import { decimalText } from './number';

/**
 * An amount in the currency's minor unit (ISO 4217 digits: cents, but whole yen and thousandths of a dinar), rounded half away from zero.
 * Reckoned in decimals, so that 1.005 is 101 cents. Undefined when the amount is no number or the currency is not in ISO 4217.
 */
export function toMinorUnits(amount: number | string, currency: string): number | undefined {
	const digits = code(currency.trim().toUpperCase())?.digits;
	const text = typeof amount === 'number' ? plainNumber(amount) : decimalText(amount.trim());
	if (digits === undefined || text === undefined) return undefined;
	const negative = text.startsWith('-');
	const [whole = '', fraction = ''] = text.replace('-', '').split('.');
	const minor = Number(`${whole}${fraction.padEnd(digits, '0').slice(0, digits)}`);
	const rounded = minor + (Number(fraction[digits] ?? '0') >= 5 ? 1 : 0);
	if (!Number.isSafeInteger(rounded)) return undefined;
	return negative && rounded !== 0 ? -rounded : rounded;
}

/** A number without exponent; what is smaller than 1e-6 is nothing in any currency. */
function plainNumber(amount: number): string | undefined {
	if (!Number.isFinite(amount) || Math.abs(amount) >= 1e21) return undefined;
	return Math.abs(amount) < 1e-6 ? '0' : String(amount);
}
