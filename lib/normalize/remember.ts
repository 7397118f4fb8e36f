/** How many answers a function keeps. */
const MOST = 50_000;

/**
 * The same function with its answers kept: names, towns and firms come back time and again, and one costs a microsecond or ten.
 * For functions of nothing but the text, whose answers nobody changes. When there are too many answers, all are forgotten: that is rare and cheap.
 */
export function remember<Answer>(work: (text: string) => Answer): (text: string) => Answer {
	const known = new Map<string, Answer>();
	return (text) => {
		let answer = known.get(text);
		if (answer === undefined) {
			answer = work(text);
			if (known.size >= MOST) known.clear();
			known.set(text, answer);
		}
		return answer;
	};
}
