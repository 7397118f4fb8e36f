const SMALL = new Set(['and', 'in', 'of', 'since', 'the']);
const ABBREVIATIONS = new Map([['id', 'ID'], ['url', 'URL'], ['vat', 'VAT']]);

/** A name as n8n's lists write it: `company_name` and `Company name` become "Company Name", `vat_number` "VAT Number". */
export function titleOf(name: string): string {
	return name
		.split(/[\s_.]+/)
		.map((word, index) => ABBREVIATIONS.get(word.toLowerCase()) ?? (index > 0 && SMALL.has(word) ? word : word.charAt(0).toUpperCase() + word.slice(1)))
		.join(' ');
}

/** In the order of the alphabet, as n8n wants longer lists. */
export function sortedByName<T extends { name: string }>(choices: readonly T[]): T[] {
	return [...choices].sort((x, y) => x.name.localeCompare(y.name));
}
