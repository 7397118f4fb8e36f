import { DatabaseSync } from 'node:sqlite';
import { defaultModel, type IdentityModel } from '../../../lib';
import { keptForms, readForms } from '../../../lib/identity/kept-forms';
import { toComparable } from '../../../lib/match';
import { person, SYSTEMS, temporaryStores, type Walk } from './given';

const newStore = temporaryStores();
const MODEL = defaultModel(SYSTEMS);
const ann = { given: 'Ann', family: 'Hill', born: '1980-02-01', zip: '78704', street: '7 Oak Lane' };
const head = { no: 7, system: 'crm', object: 'contact', sourceId: 'ann', hash: 'content' };

describe('what is kept of what a record is compared by', () => {
	const comparable = toComparable(person('crm:ann', { ...ann, email: 'ann@acorn.com' }), 7, MODEL);
	const kept = keptForms(comparable, head.hash, MODEL);

	test('is what the record is compared by', () => {
		expect(readForms(kept, head, MODEL)).toEqual(comparable);
	});

	test.each<[string, { hash?: string; model?: IdentityModel; counts: boolean }]>([
		['does not count for another content', { hash: 'changed', counts: false }],
		['does not count where another value is blocked', { model: { ...MODEL, blockedValues: [{ kind: 'email', value: 'ann@acorn.com' }] }, counts: false }],
		['counts where only weights differ', { model: { ...MODEL, matching: { ...MODEL.matching, person: { ...MODEL.matching.person, prior: 0.001 } } }, counts: true }],
	])('%s', (_, { hash = head.hash, model = MODEL, counts }) => {
		expect(readForms(kept, { ...head, hash }, model) !== undefined).toBe(counts);
	});

	test('does not count when another release made it, or none was kept', () => {
		expect(readForms({ ...kept, of: `another ${head.hash}` }, head, MODEL)).toBeUndefined();
		expect(readForms(undefined, head, MODEL)).toBeUndefined();
	});
});

function change({ store }: Walk, sql: string): void {
	const database = new DatabaseSync(store.location);
	database.exec(sql);
	database.close();
}

describe('in a store', () => {
	const other = person('billing:ann', { ...ann, street: '7 Oak Ln' });

	test('records that come are matched alike whether anything is kept, or what is kept no longer counts', async () => {
		const outcomes = [];
		for (const sql of ['', "UPDATE record_keys SET forms = '', forms_of = ''", "UPDATE record_keys SET forms = '[\"no such form\"]', forms_of = 'of another release'"]) {
			const walk = await newStore();
			await walk.arrive(person('crm:ann', ann), person('crm:bob', { given: 'Bob', family: 'Hill', zip: '78704', born: '1955-03-04' }));
			change(walk, sql);
			await walk.arrive(other);
			outcomes.push((await walk.profiles()).map(({ records }) => records.map(({ system, sourceId }) => `${system}:${sourceId}`)));
			expect(await walk.problems()).toEqual([]);
		}
		expect(outcomes).toEqual(Array.from({ length: 3 }, () => [['billing:ann', 'crm:ann'], ['crm:bob']]));
	});

	test('what is kept of a record goes on counting when it is changed in what nobody is compared by, and when it comes back', async () => {
		const walk = await newStore();
		const inJob = (version: string) => ({ ...person('crm:ann', ann, { version }), attributes: { ...person('crm:ann', ann).attributes, job_title: [{ value: version, valid: true }] } });
		for (const record of [person('crm:ann', ann), inJob('2'), inJob('3'), person('crm:ann', { ...ann, street: '9 Elm Road' }, { version: '4' })]) {
			await walk.arrive(record);
			const [stored, kept] = await walk.store.read(async (tx) => [(await tx.records.heads([1]))[0], (await tx.keys.forms([1])).get(1)] as const);
			expect(stored?.version).toBe(record.version);
			expect(stored && readForms(kept, stored, MODEL)).toEqual(toComparable(record, 1, MODEL));
		}
		expect(await walk.problems()).toEqual([]);
	});

	test('a check finds what is kept and not so', async () => {
		const walk = await newStore();
		await walk.arrive(person('crm:ann', ann), other);
		expect(await walk.problems()).toEqual([]);
		change(walk, `UPDATE record_keys SET forms = replace(forms, '"ann"', '"eve"') WHERE no = 1`);
		expect(await walk.problems()).toEqual([
			{ invariant: 'what a record is compared by is what it says', subject: 'crm:contact:ann', detail: 'is compared by something else' },
		]);
	});
});
