import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MatchingModel } from '../../../lib/domain';
import { fromSplinkSettings, matchingFault, shippedMatching, toSplinkSettings } from '../../../lib/match';

const FIXTURES = join(__dirname, '../../../../shared/data/er/splink_fixtures');
const weight = ({ m, u }: { m: number; u: number }) => Math.log2(m / u);

test.each(['person', 'company'] as const)('the model of a %s comes back from Splink settings as it went', (entity) => {
	const model = shippedMatching();
	const { matching, ignored } = fromSplinkSettings(JSON.parse(JSON.stringify(toSplinkSettings(model[entity], entity))), entity);
	expect(ignored).toEqual([]);
	expect(matching[entity]).toEqual(model[entity]);
	expect(matchingFault(matching)).toBeUndefined();
});

test.each(['model_h50k', 'saved_model_from_demo', 'real_time_settings'])('%s: the weights of what both know are those of Splink', (name) => {
	const file = join(FIXTURES, `${name}.json`);
	if (!existsSync(file)) return console.log(`${name}.json is not there: nothing to check against`);
	const settings = JSON.parse(readFileSync(file, 'utf8')) as { comparisons: { output_column_name: string; comparison_levels: { label_for_charts: string; m_probability?: number; u_probability?: number }[] }[] };
	const { matching } = fromSplinkSettings(settings);
	expect(matching.person.comparisons.length).toBeGreaterThan(3);
	for (const { comparison, levels } of matching.person.comparisons) {
		const theirs = settings.comparisons.find((one) => one.output_column_name === comparison)?.comparison_levels ?? [];
		for (const level of levels) {
			const same = theirs.find(({ label_for_charts: label }) => label === level.label);
			expect(weight(level)).toBeCloseTo(weight({ m: same?.m_probability ?? Number.NaN, u: same?.u_probability ?? Number.NaN }), 6);
		}
	}
});

test('what is not known here is named, and the rest is read', () => {
	const [first, ...rest] = toSplinkSettings(shippedMatching().person, 'person').comparisons;
	const strange = { ...first, output_column_name: 'occupation' };
	const odd = rest.map((one, index) => (index === 0 ? { ...one, comparison_levels: [{ sql_condition: 'soundex(x_l) = soundex(x_r)', label_for_charts: 'Soundex', m_probability: 0.1, u_probability: 0.01 }, ...one.comparison_levels] } : one));
	const { matching, ignored } = fromSplinkSettings({ probability_two_random_records_match: 0.001, comparisons: [strange, ...odd] });
	expect(ignored).toEqual(['comparison "occupation": no such column here', 'comparison "family_name", level "Soundex": its SQL is not known here']);
	expect(matching.person.comparisons).toHaveLength(rest.length);
});

test.each([
	{ title: 'no settings at all', document: { comparisons: [] }, message: /no Splink settings/ },
	{
		title: 'a level that was never trained',
		document: { probability_two_random_records_match: 0.1, comparisons: [{ output_column_name: 'dob', comparison_levels: [{ sql_condition: 'dob_l = dob_r' }, { sql_condition: 'ELSE', m_probability: 0.1, u_probability: 0.9 }] }] },
		message: /no m and u probability/,
	},
])('$title: says so', ({ document, message }) => {
	expect(() => fromSplinkSettings(document)).toThrow(message);
});

test.each<{ title: string; change: (model: MatchingModel) => void; fault: RegExp }>([
	{ title: 'a level that the column does not know', change: ({ person }) => person.comparisons[0]?.levels.unshift({ kind: 'last_digits', threshold: 7, label: 'digits', m: 0.5, u: 0.1 }), fault: /given_name does not know/ },
	{ title: 'a level without its threshold', change: ({ person }) => person.comparisons[0]?.levels.unshift({ kind: 'jaro_winkler', label: 'alike', m: 0.5, u: 0.1 }), fault: /without a threshold/ },
	{ title: 'a comparison without a rest', change: ({ person }) => person.comparisons[0]?.levels.pop(), fault: /"else", as its last/ },
	{ title: 'an unknown blocking rule', change: ({ company }) => company.blocking.push('tarot'), fault: /no blocking rule "tarot"/ },
])('a model with $title is refused in words', ({ change, fault }) => {
	const model = shippedMatching();
	change(model);
	expect(matchingFault(model)).toMatch(fault);
});
