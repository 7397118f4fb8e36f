import fc from 'fast-check';
import type { Evidence } from '../../../lib/domain';
import { defaultModel } from '../../../lib/identity';
import { matchReportPage, type MatchFigures, type RunFigures } from '../../../lib/insight';
import { BorderlinePairs } from '../../../lib/insight/match-report/borderline';
import { DistinctValues } from '../../../lib/insight/match-report/distinct-values';
import { completenessSection } from '../../../lib/insight/match-report/page-completeness';
import { ProfileNumbers } from '../../../lib/insight/match-report/profile-numbers';
import { WeightCount } from '../../../lib/insight/match-report/weights';

const model = defaultModel(['crm']);
const AT = '2026-03-01T00:00:00.000Z';

/** Everything that people's data can reach in a report is this text. */
function reportOf(text: string): string {
	const ref = { system: text || 'crm', object: 'person', sourceId: text || '1' };
	const pair = { entity: 'person' as const, left: ref, right: ref, weight: 4, prior: -8, lines: [{ label: text, weight: 12 }], rows: [{ label: text, left: text, right: text, same: true }] };
	const figures: MatchFigures = {
		...{ records: 3, profiles: 2, sources: [{ system: text, records: 3 }], model: { version: 2, createdAt: AT, actor: text, model } },
		weights: [{ entity: 'person', thresholds: model.matching.person.thresholds, pairs: { together: 1, below: 0, apart: 0 }, width: 1, bins: [{ from: 4, together: 1, below: 0, apart: 0 }] }],
		sizes: [{ size: 1, profiles: 1 }, { size: 2, profiles: 1 }],
		largest: [{ canonicalId: text, entity: 'person', records: 2, sources: [{ system: text, records: 2 }], values: [{ label: text, most: [text, text], distinct: 2, more: false }] }],
		completeness: [{ entity: 'person', records: 3, attributes: [{ name: text, label: text, filled: 2, unusable: 1, distinct: 1, more: true }] }],
		borderline: [{ ...pair, state: 'together', areOne: false }],
	};
	const run: RunFigures = {
		...{ at: AT, rows: 4, records: 3, profiles: 2, merged: 1, review: 0, rejected: 1, reasons: [{ reason: text, rows: 1 }], unchanged: 0, stale: 0, seconds: 2 },
		...{ files: [{ file: text, encoding: 'utf-8', delimiter: ',', columns: { [text]: text, ignored: null } }], steps: [{ step: text, seconds: 1 }, { step: 'other', seconds: 0.5 }], weightsFrom: text },
	};
	return matchReportPage(run, figures, { mistakes: [{ ...pair, kind: 'joined', sentence: text }] });
}

function completenessText(columns: Record<string, string>, name: string): string {
	const attributes = [{ name, label: name, filled: 1, unusable: 0, distinct: 1, more: false }];
	const figures = { completeness: [{ entity: 'person' as const, records: 1, attributes }] };
	return completenessSection(figures, [{ file: 'a.csv', encoding: 'utf-8', delimiter: ',', columns }]).body.text;
}

const tagsIn = (html: string) => [...html.replace(/<svg[^]*?<\/svg>/g, '<svg>').matchAll(/<\/?[a-zA-Z!][^>]*>/g)].map(([tag]) => tag);

test('whatever people wrote, the page has the same elements and attributes', () => {
	const harmless = tagsIn(reportOf('x'));
	const anyText = fc.oneof(fc.string({ unit: 'binary', minLength: 1 }), fc.constantFrom('<script>alert(1)</script>', ']]>', '-->', '</style><script>', '" onclick="x', "' onload='x", '</svg><svg onload=x>', '\u0000\u001b[2J\u009b', '\u202e', 'toString', '__proto__', 'long '.repeat(30_000)));
	fc.assert(
		fc.property(anyText, (text) => {
			const html = reportOf(text);
			expect(tagsIn(html)).toEqual(harmless);
			expect(html).not.toMatch(/[^\P{Cc}\n]|[\u202a-\u202e]/u);
			expect(html).not.toMatch(/<script|<foreignObject/i);
			expect(html.length).toBeLessThan(200_000);
		}),
		{ numRuns: 12 },
	);
});

test('the same figures give the same file', () => {
	expect(reportOf('Ann')).toBe(reportOf('Ann'));
});

test.each([
	['a whole name', { Kunde: 'full_name' }, 'given_name', 'Kunde'],
	['a part of an address', { Nr: 'street_number', Weg: 'street' }, 'street', 'Nr, Weg'],
])('an attribute names the columns that it comes from: %s', (_, columns, name, wanted) => {
	expect(completenessText(columns, name)).toContain(`<td class="quiet">${wanted}</td>`);
});

test('the slowest step is named', () => {
	expect(reportOf('scoring')).toContain('The slowest step is <b>scoring</b>: 1.0 of 2.0 seconds.');
});

describe('pairs by weight', () => {
	const edge = fc.record({ a: fc.integer({ min: 1, max: 12 }), b: fc.integer({ min: 1, max: 12 }), weight: fc.double({ min: -200, max: 200, noNaN: true }), outcome: fc.constantFrom('match' as const, 'review' as const) });
	const owners = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 12, maxLength: 12 });

	test('are all counted, each in the bin of its weight, with both thresholds in sight', () => {
		fc.assert(
			fc.property(fc.array(edge, { maxLength: 60 }), owners, (edges, profiles) => {
				const numbers = new ProfileNumbers();
				profiles.forEach((profileNo, index) => numbers.add({ no: index + 1, profileNo, kind: 'person' }));
				const count = new WeightCount(numbers);
				for (const one of edges) count.add(one);
				const { bins, width, pairs, thresholds } = count.figures('person', model);
				const inBin = (from: number, weight: number) => Math.min(128, Math.max(-128, weight)) >= from && Math.min(128, Math.max(-128, weight)) < from + width;
				for (const bin of bins) expect(bin.together + bin.below + bin.apart).toBe(edges.filter(({ weight }) => inBin(bin.from, weight)).length);
				expect(pairs.together + pairs.below + pairs.apart).toBe(edges.length);
				expect(pairs.together).toBe(edges.filter(({ a, b }) => profiles[a - 1] === profiles[b - 1]).length);
				for (const threshold of [thresholds.match, thresholds.review]) expect(bins.some(({ from }) => threshold >= from && threshold < from + width)).toBe(true);
			}),
		);
	});

	test('nearest to the threshold are those that a sort finds, one of a kind', () => {
		const { match } = model.matching.person.thresholds;
		const near = fc.record({ away: fc.integer({ min: -40, max: 40 }), level: fc.integer({ min: 1, max: 6 }), reserved: fc.constantFrom(0, 0, -7) });
		fc.assert(
			fc.property(fc.array(near, { maxLength: 50 }), fc.integer({ min: 1, max: 4 }), (list, each) => {
				const edges = list.map(({ away, level, reserved }, index): Evidence => {
					const comparisons = [{ comparison: 'name', level: `level ${level}`, weight: 1 }, ...(reserved < 0 ? [{ comparison: 'reservation', level: 'x', weight: reserved }] : [])];
					return { a: index + 1, b: index + 2, rule: 'model', weight: match + away / 4 + reserved, outcome: 'match', modelVersion: 1, at: AT, comparisons };
				});
				const pairs = new BorderlinePairs(model, new ProfileNumbers(), each);
				for (const one of edges) pairs.add(one);
				const expected = [true, false].flatMap((above) => {
					const sorted = edges
						.map((one, index) => ({ ...one, distance: Math.abs((list[index]?.away ?? 0) / 4), kind: `${list[index]?.level} ${list[index]?.reserved}` }))
						.filter(({ weight }) => weight >= match === above)
						.sort((x, y) => x.distance - y.distance || x.a - y.a);
					return sorted.filter(({ kind }, index) => sorted.findIndex((other) => other.kind === kind) === index).slice(0, each);
				});
				expect(pairs.edges().map(({ a }) => a).sort((x, y) => x - y)).toEqual(expected.map(({ a }) => a).sort((x, y) => x - y));
			}),
		);
	});
});

test('different values are counted up to a limit, and it is said when there were more', () => {
	fc.assert(
		fc.property(fc.array(fc.string({ maxLength: 2 })), fc.integer({ min: 1, max: 10 }), (list, limit) => {
			const values = new DistinctValues(limit);
			for (const value of list) values.add(value);
			const different = new Set(list).size;
			expect([values.distinct, values.more]).toEqual([Math.min(different, limit), different > limit]);
			const counts = values.most(3).map((value) => list.filter((other) => other === value).length);
			expect(counts).toEqual([...counts].sort((x, y) => y - x));
		}),
	);
});
