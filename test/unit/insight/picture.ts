/** What a picture consists of, for tests. */
export interface Bar {
	left: number;
	right: number;
	color: string;
}

/** Filled rectangles, in order. */
export function barsIn(svg: string): Bar[] {
	return [...svg.matchAll(/<path d="M([\d.-]+) [\d.-]+l([\d.-]+) 0l0 [\d.-]+l-?[\d.]+ 0Z" fill="([^"]+)"/g)].map(([, x, width, color = '']) => ({ left: Number(x), right: Number(x) + Number(width), color }));
}

export function textsIn(svg: string): string[] {
	return [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text = '']) => text.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code))));
}

export function placesIn(svg: string): number[] {
	return [...svg.matchAll(/(?:translate\(|d="M)([^ ]+) ([^ )lL]+)/g)].flatMap(([, x, y]) => [Number(x), Number(y)]);
}

/** What keeps a text from being XML; undefined when it is well-formed. Knows elements, attributes in double quotes and references only. */
export function faultIn(xml: string): string | undefined {
	const open: string[] = [];
	const token = /<\/([a-zA-Z]+)>|<([a-zA-Z]+)((?: [a-zA-Z:-]+="[^"<&]*")*) ?(\/?)>|&(?:amp|lt|gt|quot|#\d+);|[^<&]/uy;
	for (let at = 0; at < xml.length; at = token.lastIndex) {
		const found = token.exec(xml);
		if (!found) return `not XML at ${at}: ${xml.slice(at, at + 40)}`;
		const [text, closed, opened, , ended] = found;
		if (opened !== undefined && ended === '') open.push(opened);
		if (closed !== undefined && open.pop() !== closed) return `</${closed}> closes nothing at ${at}`;
		if (/[^\t\n\r -\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.test(text)) return `no character of XML at ${at}`;
	}
	return open.length > 0 ? `<${open.join('>, <')}> is never closed` : undefined;
}
