import fc from 'fast-check';
import { assembleProfiles, saveModel } from '../../../lib/identity';
import { GoldenBuilders } from '../../../lib/identity/golden-builders';
import { rebuilt } from '../../../lib/identity/rebuilt';
import { StoreError } from '../../../lib/store';
import { goldenText } from '../../../lib/store/packed-golden';
import { build, goldenProgram } from '../cli/built';
import { company, NOW, person, strictModel, SYSTEMS, temporaryStores } from './given';

beforeAll(build, 120_000);
const newStore = temporaryStores();
const builders = new GoldenBuilders(2, goldenProgram);
afterAll(() => builders.close());

const row = fc.record({
	given: fc.oneof(fc.constantFrom('Ann', 'Zoë', '\ud800', '\0', '__proto__', '𠮷'), fc.string({ unit: 'binary' })),
	family: fc.constantFrom('Hill', 'Wood'),
	mail: fc.nat(9),
	street: fc.constantFrom('', '12 Mill Road', 'Hauptstr. 3'),
	isCompany: fc.boolean(),
});

test('a thread makes to the letter the golden records that this one would, whatever stands in the records', async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 30 }), async (rows) => {
			const walk = await newStore();
			await saveModel(walk.store, strictModel(), 'test', NOW - 1000);
			await walk.match(
				...rows.map(({ given, family, mail, street, isCompany }, index) =>
					isCompany ? company(`${SYSTEMS[index % 3]}:c-${index}`, { name: `${family} Ltd`, domain: `${family}${mail}.com` }) : person(`${SYSTEMS[index % 3]}:${index}`, { given, family, email: `m${mail}@acorn-mail.com`, street, zip: '78704' }),
				),
			);
			await walk.store.read(async (tx) => {
				const model = strictModel();
				const waiting = await tx.profiles.waiting(new Date(NOW).toISOString(), 100);
				const assembled = await assembleProfiles(tx, waiting, model, NOW);
				const texts = await tx.records.textsOfProfiles(waiting.map(({ no }) => no));
				await builders.useFor({ model, version: 1, createdAt: '', actor: '' });
				const found = await builders.build(waiting, texts, NOW);
				const expected = waiting.map((profile) => {
					const next = assembled.get(profile.no);
					if (!next) throw new Error('every profile is assembled');
					return rebuilt(profile, next);
				});
				const comparable = (all: typeof found) => JSON.parse(JSON.stringify(all.map((one) => ({ ...one, golden: goldenText(one.golden) })))) as unknown;
				expect(comparable(found)).toEqual(comparable(expected));
			});
		}),
		{ numRuns: 25 },
	);
}, 120_000);

test('what is under way when the threads end says so, and does not wait for ever', async () => {
	const walk = await newStore();
	await walk.match(person('crm:1', { given: 'Ann', family: 'Hill', email: 'ann@acorn-mail.com' }));
	const [waiting, texts] = await walk.store.read(async (tx) => {
		const found = await tx.profiles.waiting(new Date(NOW).toISOString(), 1);
		return [found, await tx.records.textsOfProfiles(found.map(({ no }) => no))] as const;
	});
	const ending = new GoldenBuilders(1, goldenProgram);
	await ending.useFor({ model: strictModel(), version: 1, createdAt: '', actor: '' });
	const under = ending.build(waiting, texts, NOW);
	await Promise.all([expect(under).rejects.toThrow('A thread that makes golden records ended before its work was done'), ending.close()]);
	await expect(ending.build(waiting, texts, NOW)).rejects.toThrow('no thread');
});

test('a record that can\'t be read is named by a thread as by this one', async () => {
	const walk = await newStore();
	await walk.match(person('crm:1', { given: 'Ann', family: 'Hill', email: 'ann@acorn-mail.com' }));
	const [waiting, texts] = await walk.store.read(async (tx) => {
		const found = await tx.profiles.waiting(new Date(NOW).toISOString(), 1);
		return [found, await tx.records.textsOfProfiles(found.map(({ no }) => no))] as const;
	});
	await builders.useFor({ model: strictModel(), version: 2, createdAt: '', actor: '' });
	const fault = await builders.build(waiting, texts.map(({ head, content }) => ({ head, content: content.slice(1) })), NOW).catch((error: unknown) => error);
	expect(fault).toBeInstanceOf(StoreError);
	expect(fault).toMatchObject({ code: 'damaged', message: expect.stringContaining("the content of record crm:contact:1 can't be read") });
});
