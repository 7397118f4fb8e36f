import { refKey, type ChangeEvent } from '../../lib/domain';
import { checkStore, defaultModel, saveModel } from '../../lib/identity';
import { isDamage, openStore, StoreError, type IdentityStore, type StoreReader, type StoreTarget } from '../../lib/store';
import { NOW, person, SYSTEMS, Walk } from '../unit/identity/given';
import { STORE_KINDS } from '../unit/store-kinds';
import { runOn } from './damage';
import { AT, createProfiles, ledgerEntry } from './samples';

/** A store of two people whom one address ties together, and a third one. */
async function filled(target: StoreTarget): Promise<IdentityStore> {
	const store = await openStore(target);
	const walk = new Walk(store);
	await saveModel(store, defaultModel(SYSTEMS), 'kim', NOW - 1000);
	await walk.arrive(...['a', 'b'].map((id) => person(`crm:${id}`, { given: 'Ann', family: 'Hill', email: 'ann.hill@acorn-mail.com', street: '5 Oak Street', zip: '10001' })));
	await walk.arrive(person('crm:c', { given: 'Bob', family: 'Wood', email: 'bob.wood@acorn-mail.com' }));
	await store.write(async (tx) => {
		await tx.ledger.put([ledgerEntry('7', { acknowledged: { name: 'Ann' } })]);
		await tx.cursors.set('source:crm', { page: 3 }, AT);
	});
	return store;
}

interface Damaged {
	/** Table and column. */
	table: string;
	column: string;
	/** Which row. */
	where: string;
	/** What is said to be damaged. */
	what: RegExp;
	read: (tx: StoreReader) => Promise<unknown>;
	/** Texts that are JSON, and not what a reader expects. */
	otherShapes: string[];
	/** What the check leaves out because of it. */
	leaves?: string;
}

const profileOne = async (tx: StoreReader) => await tx.profiles.byNo([1]);
/** As SQL takes it between quotes. */
const sqlText = (value: object) => JSON.stringify(value).replaceAll("'", "''");
const content = (parts: object) => sqlText({ attributes: {}, identifiers: [], consent: [], links: [], ...parts });
const golden = (parts: object) => sqlText({ attributes: {}, consent: {}, metrics: {}, identifiers: [], segments: [], records: 0, sources: [], rules: [], ...parts });
const model = defaultModel(SYSTEMS);
const first = (table: string) => `no = (SELECT min(no) FROM @${table})`;
const cases: Record<string, Damaged> = {
	'content of a record': { table: 'record_contents', column: 'content', where: 'no = 1', what: /the content of record crm:contact:a$/, read: (tx) => tx.records.byNo([1]), otherShapes: ['null', '7', '{}', '[]', content({ identifiers: {} }), content({ attributes: { city: {} } }), content({ attributes: { city: [null] } }), content({ attributes: { city: [{ value: {} }] } }), content({ identifiers: [{ kind: 'email', value: 7 }] }), content({ consent: [{ purpose: 'email_marketing' }] }), content({ links: [{ type: 'member_of', system: 'crm', object: 'company', sourceId: 5 }] }), content({ activity: { type: 'invoice' } }), content({ activity: { type: 'invoice', status: 'paid', at: '2026-01-01', amount: { minor: 5 } } })], leaves: '2 records and 1 profile' },
	'keys of a record': { table: 'record_keys', column: 'keys', where: 'no = 1', what: /the list of the keys of record (crm:contact:a|number 1)$/, read: (tx) => tx.keys.ofRecords([1]), otherShapes: ['null', '{}', '[["ann"]]', '[[7,["k"]]]', '[["ann",[{}]]]'], leaves: '1 record and 0 profiles' },
	'golden record': { table: 'goldens', column: 'golden', where: first('goldens'), what: /the golden record of profile per_\w+$/, read: profileOne, otherShapes: ['null', '{}', golden({ attributes: { city: null } }), golden({ attributes: { city: ['Leeds', 0, 4, 1] }, rules: ['newest'] }), golden({ attributes: { city: [{}] } }), golden({ metrics: { open_tickets: [[]] } }), golden({ consent: { email_marketing: [true, null] } }), golden({ identifiers: [{ kind: 'email' }] }), golden({ segments: ['new'] }), golden({ sources: [['crm', 'contact', 7]] }), golden({ rules: [7] })], leaves: '0 records and 1 profile' },
	'companies of a profile': { table: 'goldens', column: 'companies', where: first('goldens'), what: /the list of the companies of profile per_\w+$/, read: profileOne, otherShapes: ['null', '{}', '[7]'], leaves: '0 records and 1 profile' },
	'home of a profile': { table: 'goldens', column: 'home', where: first('goldens'), what: /the household traits of profile per_\w+$/, read: profileOne, otherShapes: ['null', '{"keys":[]}', '{"keys":[7],"families":[],"employers":[]}', '{"keys":[],"families":[],"employers":[],"postalCode":7}'], leaves: '0 records and 1 profile' },
	'evidence': { table: 'evidence', column: 'comparisons', where: 'a = 1', what: /the evidence of rule model between the records number 1 and 2$/, read: (tx) => tx.evidence.touching([1]), otherShapes: ['null', '{}', '[null]', '[{"comparison":"email","level":"exact","weight":"7"}]'] },
	'change event': { table: 'events', column: 'data', where: 'seq = 1', what: /the change event number 1$/, read: (tx): Promise<ChangeEvent[]> => tx.events.since(0, [], 10), otherShapes: ['null', '[]', '"x"'] },
	'identity model': { table: 'models', column: 'model', where: 'version = 1', what: /the identity model of version 1$/, read: (tx) => tx.models.version(1), otherShapes: ['null', '{}', sqlText({ ...model, segments: [{}] }), sqlText({ ...model, score: { ...model.score, points: [{ when: 7, points: 1, reason: 'x' }] } }), sqlText({ ...model, matching: { ...model.matching, company: null } })], leaves: 'keys, evidence, clusters and golden records' },
	'cursor': { table: 'cursors', column: 'value', where: "scope = 'source:crm'", what: /the cursor "source:crm"$/, read: (tx) => tx.cursors.get('source:crm'), otherShapes: [] },
	'sync ledger': { table: 'ledger', column: 'acknowledged', where: "target = '7'", what: /the entry of the sync ledger for 7 at crm:contact$/, read: (tx) => tx.ledger.get('crm:contact', ['7']), otherShapes: ['null', '[]', '{"#due":"{"}', '{"#due":"[7]"}', '{"name":["Ann"]}'] },
};
/** Holds a value of a person, which nobody is to see. */
const BROKEN = '{"attributes":{"given_name":[{"value":"Ann';

describe.each(STORE_KINDS)('a damaged text ($name)', ({ temporary }) => {
	const newTarget = temporary();

	test.each(Object.entries(cases))('%s: whoever reads it hears of what it is, and the rest is read as before', async (_name, { table, column, where, what, read, otherShapes }) => {
		const target = await newTarget();
		const store = await filled(target);
		for (const text of [BROKEN, '', ...otherShapes]) {
			await runOn(target, `UPDATE @${table} SET ${column} = '${text}' WHERE ${where}`);
			// What was read before is known, so another process reads it.
			const fault = await again(target, read);
			expect([text, fault]).toEqual([text, expect.any(StoreError)]);
			expect(fault).toMatchObject({ code: 'damaged', message: expect.stringMatching(/^The identity store is damaged: the .+ can't be read\. Run "customer360 check" on the store/) });
			expect(/damaged: (.+) can't be read/.exec(fault.message)?.[1]).toMatch(what);
			expect([fault.message, fault.stack, String(fault.cause)].join()).not.toContain('Ann');
			expect((await store.read((tx) => tx.texts.unreadable(null, 1000).then(() => tx.records.heads([3])))).map(refKey)).toEqual(['crm:contact:c']);
		}
	});

	test.each(Object.entries(cases))('%s: the check names it, checks the rest and says what it left out', async (_name, { table, column, where, what, leaves }) => {
		const target = await newTarget();
		// A process keeps the model that it has read.
		await (await filled(target)).close();
		const store = await openStore(target);
		await runOn(target, `UPDATE @records SET profile_no = NULL WHERE source_id = 'c'`, `UPDATE @${table} SET ${column} = '${BROKEN}' WHERE ${where}`);
		const { damaged, records, profiles, problems } = await checkStore(store, NOW);
		expect([damaged, records, profiles]).toEqual([1, 3, 2]);
		expect(problems[0]).toEqual({ invariant: 'what is stored can be read', subject: expect.stringMatching(what), detail: 'is damaged' });
		expect(problems).toContainEqual(expect.objectContaining({ subject: 'crm:contact:c', detail: 'is in no profile' }));
		const others = problems.slice(1).map(({ invariant }) => invariant);
		expect(others.includes('golden records are what survivorship gives')).toBe(column !== 'model');
		expect(problems.filter(({ invariant }) => invariant === 'everything is checked').map(({ subject }) => subject)).toEqual(leaves === undefined ? [] : [leaves]);
		expect(JSON.stringify(problems)).not.toContain('Ann');
	});

	test('a letter of a record that is another one now is found by the hash beside it', async () => {
		const target = await newTarget();
		const store = await filled(target);
		await runOn(target, `UPDATE @record_contents SET content = replace(content, 'Wood', 'Wool')`);
		const { damaged, problems } = await checkStore(store, NOW);
		expect([damaged, problems[0]?.subject]).toEqual([1, 'the content of record crm:contact:c']);
	});

	test('another shape where no reader looks for one is found by the hash, and the check goes on around it', async () => {
		const target = await newTarget();
		await (await filled(target)).close();
		const store = await openStore(target);
		const strange = content({ attributes: { email: [{ value: 'ann.hill@acorn-mail.com', valid: true, flags: 7 }] } });
		await runOn(target, `UPDATE @records SET profile_no = NULL WHERE source_id = 'c'`, `UPDATE @record_contents SET content = '${strange}' WHERE no = 1`);
		const { damaged, records, problems } = await checkStore(store, NOW);
		expect([damaged, records, problems[0]]).toEqual([1, 3, { invariant: 'what is stored can be read', subject: 'the content of record crm:contact:a', detail: 'is damaged' }]);
		expect(problems).toContainEqual(expect.objectContaining({ subject: 'crm:contact:c', detail: 'is in no profile' }));
		expect(problems).toContainEqual(expect.objectContaining({ invariant: 'everything is checked' }));
	});

	test('a word of the identity model that this release does not know keeps nobody from reading it', async () => {
		const target = await newTarget();
		await (await filled(target)).close();
		await runOn(target, `UPDATE @models SET model = replace(model, '"most_complete"', '"most_beautiful"')`);
		const store = await openStore(target);
		expect((await store.read((tx) => tx.models.current()))?.version).toBe(1);
	});

	test('a golden record that is damaged keeps no identity model from being put in force', async () => {
		const target = await newTarget();
		const store = await filled(target);
		await runOn(target, `UPDATE @goldens SET golden = '${BROKEN}' WHERE ${first('goldens')}`);
		expect((await saveModel(store, { ...model, name: 'another one' }, 'kim', NOW)).version).toBe(2);
	});

	test('an identity model that no one could have saved is named, and what needs none is checked', async () => {
		const target = await newTarget();
		await (await filled(target)).close();
		const store = await openStore(target);
		// One bit of one letter.
		await runOn(target, `UPDATE @records SET profile_no = NULL WHERE source_id = 'c'`, `UPDATE @models SET model = replace(model, '"two_fields"', '"twn_fields"')`);
		const { damaged, records, problems } = await checkStore(store, NOW);
		expect([damaged, records]).toEqual([1, 3]);
		expect(problems.map(({ subject, detail }) => `${subject} ${detail}`)).toEqual(
			expect.arrayContaining(['the identity model of version 1 is damaged', "keys, evidence, clusters and golden records were not checked: the identity model can't be used", 'crm:contact:c is in no profile']),
		);
	});

	test('of many the first twenty are named, and how many more there are', async () => {
		const target = await newTarget();
		const store = await openStore(target);
		await store.write((tx) => tx.events.append(Array.from({ length: 1025 }, () => ({ type: 'profile.created', canonicalId: 'per_1', entity: 'person', at: AT, data: {} }))));
		await runOn(target, `UPDATE @events SET data = '{' WHERE seq > 1000`);
		const { damaged, problems } = await checkStore(store, NOW);
		const unreadable = problems.filter(({ invariant }) => invariant === 'what is stored can be read').map(({ subject }) => subject);
		expect([damaged, unreadable.length, unreadable[0], unreadable[20]]).toEqual([25, 21, 'the change event number 1001', '5 more texts']);
	});

	test('what a record is compared by is made again where it is damaged, and the check still says so', async () => {
		const target = await newTarget();
		const walk = new Walk(await filled(target));
		const damages = [BROKEN, '{}', '[1,0,0]', '[0,0,0,0,0,0,0,[7],0,0,0,0,0,0,0,0]', '[0,0,[7],0,0,0,0,0,0,0,0,0,0,0,0,0]', '[0,0,0,0,0,0,0,[["email",7]],0,0,0,0,0,0,0,0]'];
		for (const [index, forms] of damages.entries()) {
			await runOn(target, `UPDATE @record_keys SET forms = '${forms}'`);
			await walk.match(person(`crm:${index}`, { given: 'Ann', family: 'Hill', email: 'ann.hill@acorn-mail.com', street: '5 Oak Street' }));
		}
		expect((await walk.store.read((tx) => tx.records.heads([1, 2, 4, 5, 6, 7, 8, 9]))).map(({ profileNo }) => profileNo)).toEqual(Array(8).fill(1));
		await runOn(target, `UPDATE @record_keys SET forms = '${BROKEN}' WHERE no = 1`);
		const subjects = (await checkStore(walk.store, NOW)).problems.map(({ subject }) => subject);
		expect(subjects).toContain('what record crm:contact:a is compared by');
	});

	test('an entry of the sync ledger that is damaged keeps nobody from forgetting others, and stays', async () => {
		const target = await newTarget();
		const store = await openStore(target);
		await createProfiles(store, 'c-1');
		await store.write((tx) => tx.ledger.put(['1', '2'].map((at) => ledgerEntry(at, { status: 'failed' }))));
		await runOn(target, `UPDATE @ledger SET acknowledged = '{' WHERE target = '1'`);
		expect(await store.write((tx) => tx.ledger.prune('9999', null, 10))).toMatchObject({ removed: 1 });
		expect((await store.read((tx) => tx.ledger.counts('crm:contact'))).failed).toBe(1);
	});
});

async function again(target: StoreTarget, read: (tx: StoreReader) => Promise<unknown>): Promise<Error> {
	const store = await openStore(target);
	try {
		await store.read(read);
		return new Error('it was read');
	} catch (error) {
		if (!isDamage(error)) throw error;
		return error;
	} finally {
		await store.close();
	}
}
