import { RATES } from './rates';
import type { Random } from './random';

/** An email as one record has it: in capitals, with a plus-tag, or (Gmail) without its dots; mostly as it is. */
export function writtenMail(mail: string, random: Random): string {
	const at = mail.lastIndexOf('@');
	let [local, domain] = [mail.slice(0, at), mail.slice(at + 1)];
	if (domain === 'gmail.com' && random.chance(RATES.gmailDots)) local = local.replace(/\./g, '');
	if (random.chance(RATES.plusTag)) local = `${local}+${random.pick(['shop', 'news', 'billing', 'app'])}`;
	if (random.chance(RATES.upperCaseMail)) [local, domain] = [local.toUpperCase(), random.chance(0.5) ? domain.toUpperCase() : domain];
	return `${local}@${domain}`;
}

/** HubSpot, Zendesk and Mailchimp keep one record an email address at most, whatever its case; Stripe takes any number. */
export class MailRegister {
	private readonly taken = new Set<string>();

	/** True, once, for an address that is still free in that system. */
	take(system: string, mail: string): boolean {
		if (system === 'stripe') return true;
		const key = `${system}:${mail.toLowerCase()}`;
		if (this.taken.has(key)) return false;
		this.taken.add(key);
		return true;
	}
}
