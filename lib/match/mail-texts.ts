import { isMailProvider } from '../normalize';
import { editDistance } from './similarity';

const SHORTEST = 8;
const GMAIL = 'gmail.com';

/** The emails in the form in which a slip shows, and what was typed in their place and may still be like one. */
export function mailTextsOf(emails: readonly string[], typed: readonly string[]): string[] {
	const texts = [...emails.map(asGmailReadsIt), ...typed.filter((text) => text.length >= SHORTEST).map((text) => text.toLowerCase())];
	return texts.length < 2 ? texts : [...new Set(texts)].sort();
}

/** Gmail knows no dots, and a match key of its mailboxes has none. Neither has one at `gmial.com` here, so that only the slip is left between the two. */
function asGmailReadsIt(email: string): string {
	const at = email.lastIndexOf('@');
	const domain = email.slice(at + 1);
	const isSlip = domain !== GMAIL && editDistance(domain, GMAIL, 1) <= 1 && !isMailProvider(domain);
	return isSlip ? email.slice(0, at).replaceAll('.', '') + email.slice(at) : email;
}
