import { code } from 'currency-codes';
import type { IdentityModel, Money } from '../domain';

/** Of the currencies that were asked for: the list is gone through from its beginning each time. */
const digits = new Map<string, number>();

/** Digits after the decimal point of a currency (ISO 4217); 2 where it is not listed. */
function currencyDigits(currency: string): number {
	const known = digits.get(currency);
	if (known !== undefined) return known;
	const listed = code(currency);
	// What is no currency comes from data, and there is no end of it.
	if (listed) digits.set(currency, listed.digits);
	return listed?.digits ?? 2;
}

/** An amount in the reporting currency's major unit, or undefined when the model has no rate for its currency. */
export function toReportingCurrency(amount: Money, model: IdentityModel): number | undefined {
	const major = amount.minor / 10 ** currencyDigits(amount.currency);
	if (amount.currency === model.reportingCurrency) return major;
	const rate = model.exchangeRates[amount.currency];
	return rate === undefined ? undefined : major * rate;
}

/** Rounds to the reporting currency's own digits. */
export function roundMoney(value: number, model: IdentityModel): number {
	return Number(value.toFixed(currencyDigits(model.reportingCurrency)));
}
