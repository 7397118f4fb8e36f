import fc from 'fast-check';
import { reviewPage, waterfall, type WeightLine } from '../../../lib/insight';
import { barsIn, faultIn, placesIn, textsIn } from './picture';

const anyText = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), fc.constantFrom('<script>alert(1)</script>', ']]>', '"><style>', '&#0;', '\u0000\u001b\u0085', '\ud800', '\u202eabc', '{a|b}', 'x'.repeat(5000), '株'.repeat(300)));
const line = fc.record({ label: anyText, weight: fc.double({ min: -40, max: 40, noNaN: true }) });
const sizeOf = (svg: string) => ({ width: Number(/ width="(\d+)"/.exec(svg)?.[1]), height: Number(/ height="(\d+)"/.exec(svg)?.[1]) });

test('each bar begins where the one before it ended, and the last one reaches from zero to the total', () => {
	const [first, second, total] = barsIn(waterfall([{ label: 'email', weight: 16 }, { label: 'name', weight: -12 }]));
	expect(second?.right).toBeCloseTo(first?.right ?? 0, 0);
	expect(total?.left).toBe(first?.left);
	expect(total?.right).toBeCloseTo(second?.left ?? 0, 0);
	expect(first?.color).not.toBe(second?.color);
});

test('each line has its name and its signed weight, the prior first and the total with its probability last', () => {
	const texts = textsIn(waterfall([{ label: 'email', weight: 20.25 }, { label: 'name', weight: -3.5 }], -10.5));
	const [labels, weights] = [['Prior', 'email', 'name', 'Total'], ['-10.5', '+20.25', '-3.5', '+6.25  (98.70 %)']];
	expect(texts.filter((text) => labels.includes(text))).toEqual(labels);
	expect(texts.filter((text) => weights.includes(text))).toEqual(weights);
});

test('thresholds are dashed lines with names that do not cover each other, however close they are', () => {
	const svg = waterfall([{ label: 'email', weight: 20 }], -10, [{ label: 'match', weight: 9 }, { label: 'review', weight: 8.9 }]);
	expect(svg.match(/stroke-dasharray/g)).toHaveLength(2);
	expect(svg).toMatch(/text-anchor="end"[^>]*>review \+8\.9</);
	expect(svg).toMatch(/text-anchor="start"[^>]*>match \+9</);
});

test('the same lines give the same bytes, whatever was drawn in between', () => {
	fc.assert(
		fc.property(fc.array(line, { maxLength: 6 }), fc.array(line, { maxLength: 6 }), (lines, others) => {
			const svg = waterfall(lines, -8, [{ label: 'match', weight: 5 }]);
			waterfall(others);
			expect(waterfall(lines, -8, [{ label: 'match', weight: 5 }])).toBe(svg);
		}),
		{ numRuns: 10 },
	);
});

test('whatever the lines are, the picture is XML that runs and loads nothing, with everything inside of its width', () => {
	fc.assert(
		fc.property(fc.array(line, { maxLength: 12 }), fc.double({ min: -30, max: 30, noNaN: true }), fc.array(line, { maxLength: 2 }), (lines, prior, thresholds) => {
			const svg = waterfall(lines, prior, thresholds);
			expect(faultIn(svg)).toBeUndefined();
			expect(svg).not.toMatch(/<(?:script|style|image|foreignObject|use|a)\b| on\w+="| (?:xlink:)?href=|url\(/);
			const places = [...placesIn(svg), ...barsIn(svg).flatMap(({ left, right }) => [left, right])];
			expect(places.every((place) => place >= 0 && place <= Math.max(sizeOf(svg).width, sizeOf(svg).height))).toBe(true);
			expect(svg).not.toMatch(/NaN|Infinity|undefined/);
		}),
		{ numRuns: 30, examples: [[[{ label: '𝅘𝅥𝅮𝅘𝅥𝅮%𐀀𝅘𝅥𝅮', weight: 0 }], 0, []]] },
	);
});

test('a label that is too long is cut', () => {
	const texts = textsIn(waterfall([{ label: `begin${'y'.repeat(5000)}`, weight: 1 }]));
	expect(texts).toContainEqual(expect.stringMatching(/^begin/));
	expect(texts).toContainEqual(expect.stringMatching(/…$/));
	expect(texts.join('').length).toBeLessThan(200);
});

test.each([
	['a Japanese name of characters beyond the first plane', `${'𠮷'.repeat(30)}田`],
	['emoji of several parts', '👩‍👩‍👧‍👦'.repeat(12)],
	['notes between other signs', '𝅘𝅥𝅮𝅘𝅥𝅮%𐀀𝅘𝅥𝅮'],
	['words, one of them very long', `email of ${'ab𠮷'.repeat(40)} and others`],
])('a label in lines has whole characters only, and no more lines than its row: %s', (_, label) => {
	const svg = waterfall([{ label, weight: 1 }]);
	expect(faultIn(svg)).toBeUndefined();
	const lines = textsIn(svg).filter((text) => /[^ -~]/.test(text));
	expect(lines.length).toBeGreaterThan(0);
	expect(lines.length).toBeLessThanOrEqual(2);
	expect(label.replaceAll(' ', '')).toContain(lines.join('').replaceAll(' ', '').replace(/…+$/, ''));
});

test('the page shows values as text, whatever they are', () => {
	fc.assert(
		fc.property(anyText, fc.constantFrom('<script>', '{{ $env }}', '"><img src=x>', "'&"), (text, nasty) => {
			const lines: WeightLine[] = [{ label: nasty, weight: 1 }];
			const { html } = reviewPage({ titles: [text, nasty], rows: [{ label: nasty, left: text + nasty, right: nasty, same: true }], lines, total: 1, sentence: nasty, picture: waterfall(lines) });
			expect(html).not.toMatch(/<script|<img|\{\{/);
		}),
		{ numRuns: 40 },
	);
});

test.each(Object.getOwnPropertyNames(Object.prototype))('a label that says %s changes no object of the process', (name) => {
	for (const label of [name, `of ${name} and`, `my${name}s`]) waterfall([{ label, weight: 3 }, { label: 'email', weight: 2 }, { label, weight: 1 }], -8, [{ label, weight: 5 }]);
	const inherited: string[] = [];
	for (const key in {}) inherited.push(key);
	expect(inherited).toEqual([]);
	expect(Object.keys(Object)).toEqual([]);
	expect(waterfall([{ label: name, weight: 3 }])).toBe(waterfall([{ label: name, weight: 3 }]));
});
