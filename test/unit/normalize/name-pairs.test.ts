import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { companyNameKey, nameKey, nicknameKeys, normalizeFullName } from '../../../lib/normalize';

interface Pair {
	schema: string;
	name1: string;
	name2: string;
	is_match: string;
}

const FILE = join(__dirname, '../../../../shared/data/er/name_pairs/name_bench_cases.csv');

/** Equal by keys alone: family and middle name, and a given name that is or may be the same. */
function samePerson(one: string, other: string): boolean {
	const [a, b] = [normalizeFullName(one), normalizeFullName(other)];
	if (!a.family_name || !b.family_name || !a.given_name || !b.given_name) return false;
	const middle = [a.middle_name, b.middle_name].map((part) => nameKey(String(part?.value ?? '')));
	const keys = nicknameKeys(String(b.given_name.value));
	const given = nicknameKeys(String(a.given_name.value)).some((key) => keys.includes(key));
	return given && middle[0] === middle[1] && nameKey(String(a.family_name.value)) === nameKey(String(b.family_name.value));
}

/** Every pair that the keys call equal, with what people said of it. */
function judge(pairs: readonly Pair[]) {
	const sameCompany = (one: string, other: string) => companyNameKey(one) === companyNameKey(other);
	const equal = pairs.filter(({ schema, name1, name2 }) => (schema === 'Person' ? samePerson : sameCompany)(name1, name2));
	const right = equal.filter(({ is_match: label }) => label === 'true');
	return { pairs: pairs.length, same: pairs.filter(({ is_match: label }) => label === 'true').length, equal: equal.length, right: right.length };
}

test('names with equal keys are nearly always one by the judgement of people', () => {
	if (!existsSync(FILE)) {
		console.info('No labelled name pairs beside the repository: there is nothing to check the keys against.');
		return;
	}
	const pairs = parse<Pair>(readFileSync(FILE, 'utf8'), { columns: true });
	const persons = judge(pairs.filter(({ schema }) => schema === 'Person'));
	const others = judge(pairs.filter(({ schema }) => schema !== 'Person'));
	console.info(`Labelled name pairs, equal by key alone: persons ${JSON.stringify(persons)}, others ${JSON.stringify(others)}`);
	for (const { equal, right } of [persons, others]) expect(right / equal).toBeGreaterThan(0.9);
});
