import { stringify } from 'csv-stringify/sync';
import type { MatchingModel } from '../../../lib/domain';
import { defaultModel } from '../../../lib/identity';
import { LEAST_RECORDS, shippedMatching, toSplinkSettings } from '../../../lib/match';
import { closeAllStores, openStore } from '../../../lib/store';
import { Desk, groupsIn, run } from './command';
import { madePeople } from './people';

const desk = new Desk();
afterAll(async () => {
	await closeAllStores();
	desk.clear();
});

/** A comparison of what nobody here compares. */
const shoes = { output_column_name: 'shoe_size', comparison_levels: [{ sql_condition: 'ELSE', m_probability: 0.5, u_probability: 0.5 }] };
const many = desk.write('many.csv', stringify(madePeople(LEAST_RECORDS + 10), { header: true }));
const few = desk.write('few.csv', 'id,first_name,last_name,email\n1,Robert,Smith,rs@acme.io\n2,Bo,Jones,bo@initech.io\n3,Bob,Smith,rs@acme.io\n');
const firms = desk.write('firms.csv', 'id,name,website\n1,Acme Ltd,acme.io\n2,ACME,www.acme.io\n3,Initech,initech.io\n');

async function modelIn(name: string) {
	const store = await openStore({ file: desk.path(name) });
	try {
		const current = await store.read((tx) => tx.models.current());
		if (!current) throw new Error('no model');
		return current;
	} finally {
		await store.close();
	}
}

describe('resolve trains', () => {
	it('by itself where there are enough rows: the same seed and rows give the same weights and clusters, another seed other weights', async () => {
		const first = await run('resolve', many, '--store', desk.path('first.sqlite'));
		const again = await run('resolve', many, '--train', '--seed', '1', '--store', desk.path('again.sqlite'));
		await run('resolve', many, '--seed', '2', '--store', desk.path('other.sqlite'));
		expect(first.err).toContain('Trained on 510 records, seed 1 (--no-train for the shipped weights).');
		expect(groupsIn(again.out)).toEqual(groupsIn(first.out));
		const { actor, model } = await modelIn('first.sqlite');
		expect(actor).toBe('training by customer360 resolve');
		expect((await modelIn('again.sqlite')).model).toEqual(model);
		expect((await modelIn('other.sqlite')).model.matching).not.toEqual(model.matching);
		expect(model.matching.person).not.toEqual(shippedMatching().person);
	}, 60_000);

	it('not with --no-train, and not by itself into a store that has rows', async () => {
		const args = ['resolve', many, '--store', desk.path('plain.sqlite')];
		expect((await run(...args, '--no-train')).err).not.toContain('Trained');
		expect((await run(...args)).err).not.toContain('Trained');
		expect(await modelIn('plain.sqlite')).toMatchObject({ version: 1, model: { matching: shippedMatching() } });
	});

	it('not on too few rows, and says so', async () => {
		const told = await run('resolve', few, '--train');
		expect([told.code, groupsIn(told.out)]).toEqual([0, [['1', '3'], ['2']]]);
		expect(told.err).toContain(`3 rows are too few to train on (${LEAST_RECORDS} at least), so the shipped weights are used.\n`);
		expect((await run('resolve', few, '--no-train')).err).not.toMatch(/too few|Trained/);
	});

	it('not on rows that cannot be used or are all the same, however many', async () => {
		const alike = desk.write('alike.csv', ['id,email', ...Array.from({ length: LEAST_RECORDS }, (_, index) => `${index},ann@acorn-mail.com`), ''].join('\n'));
		const { code, err } = await run('resolve', alike);
		expect(code).toBe(0);
		expect(err).toContain(`Fewer than ${LEAST_RECORDS} different rows can be used, too few to train on, so the shipped weights are used.\n`);
		expect(err).not.toContain('Trained');
	});
});

describe('--model takes', () => {
	/** Nothing is ever enough for a match. */
	const strict = (): MatchingModel => {
		const { person, company } = shippedMatching();
		return { person: { ...person, thresholds: { match: 500, review: 400 } }, company };
	};
	const unmatched = [['1'], ['2'], ['3']];
	const groups = async (model: unknown, ...files: string[]) => {
		const { code, out, err } = await run('resolve', ...(files.length > 0 ? files : [few]), '--model', desk.write('model.json', JSON.stringify(model)));
		expect([code, err]).toEqual([0, expect.any(String)]);
		return groupsIn(out);
	};

	it('a matching model', async () => {
		expect(await groups(shippedMatching())).toEqual([['1', '3'], ['2']]);
		expect(await groups(strict())).toEqual(unmatched);
	});

	it('an identity model, also as the Model node gives it', async () => {
		const model = { ...defaultModel(['few']), matching: strict() };
		expect(await groups(model)).toEqual(unmatched);
		expect(await groups({ version: 7, createdAt: '2026-01-01T00:00:00.000Z', actor: 'ann', model })).toEqual(unmatched);
	});

	it('Splink settings, for what the rows are', async () => {
		expect(await groups(toSplinkSettings(shippedMatching().person, 'person'))).toEqual([['1', '3'], ['2']]);
		const { company } = shippedMatching();
		const unlikely = { ...toSplinkSettings(company, 'company'), probability_two_random_records_match: 1e-300 };
		expect(await groups(toSplinkSettings(company, 'company'), firms, '--type', 'company')).toEqual([['1', '2'], ['3']]);
		expect(await groups(unlikely, firms, '--type', 'company')).toEqual(unmatched);
	});

	it('Splink settings with comparisons that are not known here and a level that was not trained, and says which were left out', async () => {
		const settings = toSplinkSettings(shippedMatching().person, 'person');
		const untrained = JSON.stringify({ ...settings, comparisons: [...settings.comparisons, shoes] }).replace(/"label_for_charts":"nickname","m_probability":[\d.e-]+,/, '"label_for_charts":"nickname",');
		const { code, out, err } = await run('resolve', few, '--model', desk.write('more.json', untrained));
		expect([code, groupsIn(out)]).toEqual([0, [['1', '3'], ['2']]]);
		expect(err).toMatch(/more\.json: left out comparison "given_name", level "nickname": it was not seen in training .*\.\n/);
		expect(err).toMatch(/more\.json: left out comparison "shoe_size": .*\.\n/);
	});

	it('a model to start training from', async () => {
		const { code, err } = await run('resolve', many, '--model', desk.write('start.json', JSON.stringify(strict())), '--train', '--store', desk.path('both.sqlite'));
		expect([code, err]).toEqual([0, expect.stringContaining('Trained on 510 records')]);
		expect((await modelIn('both.sqlite')).model.matching.person.thresholds).toEqual(strict().person.thresholds);
	});
});

describe('a model file that cannot be used is refused before a row is stored:', () => {
	const settings = () => toSplinkSettings(shippedMatching().person, 'person');
	it.each<[string, () => string, RegExp]>([
		['a file that is not there', () => desk.path('none.json'), /--model .*none\.json cannot be read: it does not exist\./],
		['a folder', () => desk.folder, /cannot be read: it is a folder/],
		['text that is no JSON', () => desk.write('bad.json', 'ann@acme.io'), /bad\.json is not valid JSON\./],
		['a list', () => desk.write('bad.json', '[]'), /none of an identity model, a matching model .* and Splink settings/],
		['a number', () => desk.write('bad.json', '7'), /none of an identity model/],
		['an identity model with a fault', () => desk.write('bad.json', JSON.stringify({ ...defaultModel([]), reportingCurrency: 'EU' })), /identity model is not valid at "reportingCurrency"/],
		['half a matching model', () => desk.write('bad.json', JSON.stringify({ person: shippedMatching().person })), /matching model is not valid at "company"/],
		['a matching model with thresholds the wrong way round', () => desk.write('bad.json', JSON.stringify({ ...shippedMatching(), company: { ...shippedMatching().company, thresholds: { match: 1, review: 2 } } })), /matching model is not valid at "company\.thresholds": the threshold for review is above/],
		['a blocking rule that does not exist', () => desk.write('bad.json', JSON.stringify({ ...shippedMatching(), person: { ...shippedMatching().person, blocking: ['horoscope'] } })), /no blocking rule "horoscope" for person/],
		['Splink settings that were not trained', () => desk.write('bad.json', JSON.stringify(settings()).replace(/"m_probability":[\d.e-]+,/g, '')), /has an m and u probability\. Train the model in Splink first\./],
		['Splink settings of which nothing is known', () => desk.write('bad.json', JSON.stringify({ ...settings(), comparisons: [shoes] })), /None of the comparisons in these Splink settings is known here/],
		['Splink settings without a prior', () => desk.write('bad.json', JSON.stringify({ comparisons: settings().comparisons })), /These are no Splink settings: probability_two_random_records_match/],
	])('%s', async (_, file, message) => {
		const { code, out, err } = await run('resolve', few, '--model', file());
		expect([code, out]).toEqual([2, '']);
		expect(err).toMatch(message);
		expect(err).not.toMatch(/\n\s+at |should not have happened|ann@acme\.io/);
	});

	it('and the output over it, or a seed that is none, too', async () => {
		const model = desk.write('model.json', JSON.stringify(shippedMatching()));
		expect((await run('resolve', few, '--model', model, '--out', model)).err).toMatch(/is named as --model and as --out/);
		expect((await run('resolve', few, '--seed', '-1')).code).toBe(2);
		expect((await run('resolve', few, '--seed', 'x')).err).toMatch(/--seed takes a whole number; "x" is none/);
	});
});
