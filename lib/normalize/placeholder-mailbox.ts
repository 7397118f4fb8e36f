/** Names that RFC 2606 and RFC 6761 reserve: nobody can have a mailbox there. */
const RESERVED_ENDINGS = new Set(['test', 'example', 'invalid', 'localhost']);
const RESERVED_DOMAINS = new Set(['example.com', 'example.org', 'example.net']);

/** Typed to get past a form; no person has such a mailbox at any domain. */
const NOBODY = new Set([
	'test', 'tester', 'testing', 'test1', 'test123', 'asdf', 'asdfasdf', 'asd', 'qwerty', 'qwertz', 'none', 'noemail', 'nomail', 'no', 'na', 'n/a',
	'unknown',
	'null', 'undefined', 'invalid', 'fake', 'dummy', 'placeholder', 'sample', 'nobody', 'noone', 'noreply', 'donotreply', 'nichtantworten',
	'nepasrepondre',
	'keine', 'aucun', 'ninguno', 'nessuno', 'xxx',
]);
/** Stand for nobody only where local part and domain are both made up: `user@domain.com`, `email@email.com`. */
const GENERIC = new Set([
	'user', 'username', 'email', 'mail', 'name', 'someone', 'abc', 'foo', 'bar', 'customer', 'client', 'me', 'you', 'your', 'a', 'x', 'aa', 'ab',
]);
const MADE_UP_DOMAINS = new Set([
	'test', 'example', 'domain', 'mydomain', 'yourdomain', 'email', 'none', 'asdf', 'noemail', 'nomail', 'fake', 'sample', 'foo', 'bar', 'abc', 'xyz',
	'yourcompany',
]);

function isOneCharacter(text: string): boolean {
	return text.length > 2 && [...text].every((character) => character === text[0]);
}

/** Whether the domain is reserved for examples and tests. ASCII, lower case. */
export function isReservedDomain(domain: string): boolean {
	const labels = domain.split('.');
	return RESERVED_ENDINGS.has(labels.at(-1) ?? '') || RESERVED_DOMAINS.has(labels.slice(-2).join('.'));
}

/** Whether nobody reads this mailbox: a made-up address or one that takes no answers. Both parts in lower case, the local part without tag. */
export function isPlaceholderMailbox(local: string, domain: string): boolean {
	if (isReservedDomain(domain)) return true;
	const plain = local.replace(/[._-]/g, '');
	if (NOBODY.has(plain) || NOBODY.has(local) || isOneCharacter(plain)) return true;
	const label = domain.split('.')[0] ?? '';
	if (label === plain && (GENERIC.has(plain) || plain.length <= 2)) return true;
	if (plain.length === 1 && label.length === 1) return true;
	return GENERIC.has(plain) && MADE_UP_DOMAINS.has(label);
}
