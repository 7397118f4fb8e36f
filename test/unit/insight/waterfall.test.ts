import fc from 'fast-check';
import { reviewPage, waterfall, type WeightLine } from '../../../lib/insight';

const numbersOf = (svg: string) => [...svg.matchAll(/ (?:x|y|x1|x2|width|height)="([^"%]+)"/g)].map(([, number]) => Number(number));
const bars = (svg: string) => [...svg.matchAll(/<rect x="([^"]+)" y="[^"]+" width="([^"]+)"/g)].map(([, x, width]) => [Number(x), Number(x) + Number(width)] as const);
const line = fc.record({ label: fc.string(), weight: fc.double({ min: -40, max: 40, noNaN: true }) });

test('each bar begins where the one before it ended, and the last one reaches from zero to the total', () => {
	const [first, second, total] = bars(waterfall([{ label: 'email', weight: 16 }, { label: 'name', weight: -12 }]));
	expect(second?.[1]).toBeCloseTo(first?.[1] ?? 0, 1);
	expect(total?.[0]).toBe(first?.[0]);
	expect(total?.[1]).toBeCloseTo(second?.[0] ?? 0, 1);
});

test('the prior is the first row, and a threshold is a marked line', () => {
	const svg = waterfall([{ label: 'email', weight: 20 }], -10, [{ label: 'match', weight: 9 }]);
	expect([...svg.matchAll(/<text[^>]*>([^<]*)</g)].map(([, text]) => text)).toEqual(['Prior', '-10', 'email', '+20', 'Total', '+10', 'match +9']);
	expect(svg).toContain('stroke-dasharray');
});

test('whatever the lines are, the picture is well-formed text with finite places inside of its width', () => {
	fc.assert(
		fc.property(fc.array(line, { maxLength: 12 }), fc.double({ min: -30, max: 30, noNaN: true }), fc.array(line, { maxLength: 2 }), (lines, prior, thresholds) => {
			const svg = waterfall(lines, prior, thresholds);
			expect(numbersOf(svg).every((number) => Number.isFinite(number) && number >= 0)).toBe(true);
			expect(svg.match(/<(?!\/)[a-z]/g)?.length).toBe((svg.match(/\/>/g)?.length ?? 0) + (svg.match(/<\/[a-z]+>/g)?.length ?? 0));
			expect(svg).not.toMatch(/<script|&(?!#\d+;)/);
		}),
	);
});

test('the page shows values as text, whatever they are', () => {
	fc.assert(
		fc.property(fc.string(), fc.constantFrom('<script>', '{{ $env }}', '"><img src=x>', "'&"), (text, nasty) => {
			const lines: WeightLine[] = [{ label: nasty, weight: 1 }];
			const { html } = reviewPage({ titles: [text, nasty], rows: [{ label: nasty, left: text + nasty, right: nasty, same: true }], lines, total: 1, sentence: nasty, picture: waterfall(lines) });
			expect(html).not.toMatch(/<script|<img|\{\{/);
		}),
	);
});
