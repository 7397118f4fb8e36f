import { code } from 'currency-codes';
import type { IdentityModel, Money } from '../domain';

/** Digits after the decimal point of a currency (ISO 4217); 2 where it is not listed. */
export function currencyDigits(currency: string): number {
	return code(currency)?.digits ?? 2;
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
