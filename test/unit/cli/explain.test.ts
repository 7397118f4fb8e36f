import { existsSync } from 'node:fs';
import type { Explanation } from '../../../lib/identity';
import { closeAllStores } from '../../../lib/store';
import { clustersIn, Desk, run } from './command';

const desk = new Desk();
const store = desk.path('explain.sqlite');
const explain = (...args: string[]) => run('explain', ...args, '--store', store);
const ids: string[] = [];

beforeAll(async () => {
	const rows = ['id,first_name,last_name,email,phone', '1,Robert,Smith,rs@acme.io,', '2,Bo,Jones,bo@initech.io,', '3,Bob,Smith,RS@acme.io,212 642 8891', '4,Bob,Smith,,212 642 8891', ''];
	const people = await run('resolve', desk.write('crm.csv', rows.join('\n')), '--store', store);
	const firms = await run('resolve', desk.write('firms.csv', 'id,name,website\n1,Acme Ltd,acme.io\n'), '--type', 'company', '--store', store);
	ids.push(...[...clustersIn(people.out), ...clustersIn(firms.out)].map(({ canonical_id }) => canonical_id));
});
afterAll(async () => {
	await closeAllStores();
	desk.clear();
});

describe('of two records', () => {
	it('sentences, a line each, say what they are, by how much, and what speaks for and against it; a table has every comparison', async () => {
		const { code, out } = await explain('crm:person:1', 'crm:person:3');
		expect(code).toBe(0);
		const [sentences, values, table, facts] = out.split('\n\n');
		expect(sentences).toMatch(/^These two records are one profile: match weight [\d.]+ \(probability .* %\), above the threshold .*\.\nFor it: email exact \+.*nickname.*\.\nAgainst it: .*\.$/);
		expect(values).toMatch(/^ {2} +crm:person:1 +crm:person:3\n {2}First name +Robert +Bob\n {2}Last name +Smith +Smith +=\n/);
		expect(table).toMatch(/^ {2}comparison +level +weight +m +u +shared value\n/);
		for (const line of [/^ {2}prior +two random records +-[\d.]+$/m, /^ {2}given name +nickname +\+[\d.]+ +[\d.e-]+ +[\d.e-]+/m, /^ {2}birth date +missing +0\.00 +\(neither has one\)$/m, /^ {2}total +[\d.+-]+$/m]) {
			expect(table).toMatch(line);
		}
		for (const word of ['match probability', 'thresholds', 'shared identifiers     email', 'stored evidence', 'model version', ids[0] ?? '?']) expect(facts).toContain(word);
	});

	it('the probability is the same in the sentence, the facts and the picture', async () => {
		const { out } = await explain('crm:person:1', 'crm:person:2', '--svg', desk.path('same.svg'));
		const probability = /match probability +(.*)\n/.exec(out)?.[1] ?? '?';
		expect(out).toContain(`(probability ${probability})`);
		expect(desk.read('same.svg').replace('&lt;', '<')).toContain(`(${probability})`);
	});

	it.each([
		['the ID alone, where one record has it', ['2', '3'], ['crm:person:2', 'crm:person:3']],
		['source and ID, as they stand in the output of resolve', ['crm:1', 'crm:4'], ['crm:person:1', 'crm:person:4']],
	])('may be named by %s', async (_, named, meant) => {
		const { out } = await explain(...named, '--json');
		const { a, b } = JSON.parse(out) as Explanation;
		expect([a, b].map(({ system, object, sourceId }) => `${system}:${object}:${sourceId}`)).toEqual(meant);
	});

	it('what is held back just under a threshold does not seem to reach it, and likeness of spelling is put into words', async () => {
		const kept = desk.path('held.sqlite');
		await run('resolve', desk.write('held.csv', 'id,first_name,last_name,phone\n1,Ann,Lee,212 642 8891\n2,Anne,Lee,212 642 8891\n'), '--store', kept);
		const { out } = await run('explain', '1', '2', '--store', kept);
		expect(out).toMatch(/match weight just under ([\d.]+) [\s\S]*given name spelled almost the same \+[\s\S]*given name +Jaro-Winkler >= [\s\S]* total +<\+\1\.00\n[\s\S]*stored evidence +review <\+\1\.00, by/);
	});

	it('what is held back just under zero has no minus before the zero', async () => {
		const kept = desk.path('none.sqlite');
		await run('resolve', desk.write('none.csv', 'id,first_name,last_name,email\n1,Ann,Zander,annzander@gmail.com\n2,Ann,Zander,annzander@gmx.de\n'), '--store', kept);
		expect((await run('explain', '1', '2', '--store', kept)).out).toMatch(/ total +<0\.00\n/);
	});

	it('columns line up where names are in a script with wide characters, or with accents of their own', async () => {
		const kept = desk.path('wide.sqlite');
		await run('resolve', desk.write('wide.csv', 'id,first_name,last_name,city\n1,伟强,欧阳,北京市\n2,Ann,Lee,Gera\n'), '--store', kept);
		const { out } = await run('explain', '1', '2', '--store', kept);
		const [left, right] = ['北京市', 'Gera'];
		const [heads = '', city = ''] = [/^ +wide:person:1.*$/m, /^ {2}City.*$/m].map((line) => line.exec(out)?.[0]);
		expect(city.indexOf(left)).toBe(heads.indexOf('wide:person:1'));
		expect(city.indexOf(right) + left.length).toBe(heads.indexOf('wide:person:2'));
	});

	it('that were joined through others, the path has each step with its weight', async () => {
		const { out } = await explain('crm:person:1', 'crm:person:4');
		expect(out).toContain('They are joined through 1 other record: crm:person:1, then crm:person:3 (+');
		expect(out).toMatch(/The path that joins them:\n {2}crm:person:1 {2}-> {2}crm:person:3 +\+[\d.]+, by model version 1\n {2}crm:person:3 {2}-> {2}crm:person:4 +\+[\d.]+, by model version 1\n$/);
	});

	it('that nothing joins, it says so, and that nothing proposed them', async () => {
		const { code, out } = await explain('crm:person:1', 'crm:person:2');
		expect(code).toBe(0);
		expect(out).toMatch(/^These two records are two profiles: match weight -/);
		expect(out).toMatch(/proposed +no, so nobody compared them\n/);
	});

	it('everything comes as JSON with --json', async () => {
		const { out } = await explain('crm:person:1', 'crm:person:3', '--json');
		const explanation = JSON.parse(out) as Explanation;
		expect(explanation).toMatchObject({ together: true, outcome: 'match', proposed: true, chosen: null, canonicalIds: [ids[0], ids[0]] });
		expect(explanation.lines.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(explanation.weight ?? Number.NaN, 4);
	});

	it('the picture goes to a file with --svg', async () => {
		const { err } = await explain('crm:person:1', 'crm:person:3', '--svg', desk.path('pair.svg'));
		expect(err).toBe(`The picture is in ${desk.path('pair.svg')}.\n`);
		expect(desk.read('pair.svg')).toMatch(/^<svg[\s\S]*email exact[\s\S]*<\/svg>/);
	});

	it('of different kinds there is nothing to weigh, and no picture', async () => {
		const { code, out } = await explain('crm:person:1', 'firms:company:1');
		expect([code, out.split('\n')[0]]).toEqual([0, 'crm:person:1 is a person and firms:company:1 is a company, and a person and a company are never one.']);
		const pictured = await explain('crm:person:1', 'firms:company:1', '--svg', desk.path('none.svg'));
		expect([pictured.code, pictured.err]).toEqual([2, expect.stringContaining('There is no picture to draw')]);
		expect(existsSync(desk.path('none.svg'))).toBe(false);
	});
});

describe('of profiles', () => {
	it.each([
		['two of them', () => [ids[0], ids[1]], /^Of per_\S+ and per_\S+ the two that are most alike, for no evidence ties any two: crm:person:[134] and crm:person:2\.$/],
		['one with itself', () => [ids[0], ids[0]], /^Of the records of per_\S+ the two that are tied most closely: crm:person:1 and crm:person:3\.$/],
		['a record and a profile', () => ['crm:person:2', ids[0]], /^Of crm:person:2 and per_\S+ the two that are most alike, for no evidence ties any two: crm:person:2 and crm:person:[134]\.$/],
		['a record and its own profile', () => ['crm:person:4', ids[0]], /^Of the records of crm:person:4 the two that are tied most closely: crm:person:4 and crm:person:3\.$/],
	])('%s: the records that are tied most closely, else those most alike, are taken, and named', async (_, pair, chosen) => {
		const { code, out } = await explain(...pair().map((id) => id ?? ''));
		expect(code).toBe(0);
		expect(out.split('\n')[0]).toMatch(chosen);
	});
});

describe('a fault ends with one sentence and exit code 2:', () => {
	it.each([
		['no ID', [], /explain takes two IDs, and none was given/],
		['one ID', ['crm:person:1'], /explain takes two IDs, and 1 was given\. Write each as system:object:id/],
		['three IDs', ['a:b:1', 'a:b:2', 'a:b:3'], /explain takes two IDs, and 3 were given/],
		['a record that is not there', ['crm:person:1', 'crm:person:404'], /There is no record crm:person:404 in the store\./],
		['a wrong kind of record', ['crm:person:1', 'crm:contact:2'], /no record crm:contact:2 in the store\..* There are records of crm:person, firms:company\./],
		['an ID that nothing has', ['crm:person:1', '33'], /no record with the ID "33" in the store\. .*system:object:id; there are records of crm:person, firms:company\./],
		['an ID that two records have', ['crm:person:2', '1'], /Several records have the ID "1": crm:person:1, firms:company:1\. Name one of them\./],
		['an ID that a source does not have', ['crm:person:1', 'crm:404'], /There is no record with the ID "crm:404" in the store\./],
		['a source and an ID that are not there', ['crm:person:1', 'shop:3'], /"shop:3" is not a record reference; write it as system:object:id/],
		['a canonical ID that was never issued', ['crm:person:1', 'per_01'], /There is no profile per_01\./],
		['a picture that cannot be written', ['crm:person:1', 'crm:person:3', '--svg', desk.path('no/where.svg')], /cannot be written/],
	])('%s', async (_, args, message) => {
		const { code, out, err } = await explain(...args);
		expect([code, out]).toEqual([2, '']);
		expect(err).toMatch(message);
		expect(err).not.toMatch(/\n\s+at |should not have happened/);
	});

	it('a profile with one record and nothing to compare it with', async () => {
		const { code, err } = await explain(ids[1] ?? '', ids[1] ?? '');
		expect([code, err]).toEqual([2, expect.stringMatching(/has only the record crm:person:2, so that there are no two to compare/)]);
	});

	it('a store that is not there, or not named, or empty', async () => {
		expect((await run('explain', 'a:b:1', 'a:b:2', '--store', desk.path('nothing.sqlite'))).err).toContain('There is no identity store');
		expect((await run('explain', 'a:b:1', 'a:b:2')).err).toContain("required option '--store <store>'");
		expect(existsSync(desk.path('nothing.sqlite'))).toBe(false);
	});
});
