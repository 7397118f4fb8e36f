import { domainToASCII } from 'node:url';

const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const ENDING = /^(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})$/;

/** Lower case NFC without a final dot: the form that people read. */
export function readableHost(host: string): string {
	return host.normalize('NFC').toLowerCase().normalize('NFC').replace(/\.$/, '');
}

/**
 * The form that is compared: punycode, lower case.
 * Undefined when it is no host name with an ending such as `.com` (RFC 1035 lengths; an IP address is none).
 */
export function asciiHost(host: string): string | undefined {
	const readable = readableHost(host);
	if (readable.length === 0 || readable.length > 253) return undefined;
	const ascii = /^[a-z0-9.-]+$/.test(readable) ? readable : domainToASCII(readable);
	const labels = ascii.split('.');
	const ending = labels.at(-1) ?? '';
	if (labels.length < 2 || ascii.length > 253 || !ENDING.test(ending)) return undefined;
	return labels.every((label) => LABEL.test(label)) ? ascii : undefined;
}
