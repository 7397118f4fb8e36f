import { openStore, type StoreWriter } from '../../../lib/store';
import { STORE_KINDS } from '../store-kinds';
import { company, contact, NOW, person, Walk } from './given';

const AT = new Date(NOW).toISOString();
const ANN = { given: 'Ann', family: 'Hill', email: 'ann@acorn-mail.com' };

describe.each(STORE_KINDS)('a check ($name)', ({ temporary }) => {
	const newTarget = temporary();

	/** A person and a company, each with a departure that is as it should be: as the other one. */
	async function given(change: (tx: StoreWriter, ids: { ann: string; firm: string }) => Promise<void> = async () => undefined): Promise<Walk> {
		const walk = new Walk(await openStore(await newTarget()));
		const asCompany = (version: string) => ({ ...company('crm:2', { name: 'Lark Mill', domain: 'larkmill.com' }, { version }), object: 'contact' });
		await walk.arrive(person('crm:1', ANN), asCompany('1'), person('crm:3', { email: 'eve@acorn-mail.com' }));
		await walk.arrive(person('crm:2', { email: 'info@larkmill.com' }, { version: '2' }), person('crm:3', {}, { version: '2', deleted: true }));
		const ids = { ann: await walk.idOf('crm:1'), firm: await walk.idOf('crm:2') };
		await walk.store.write((tx) => change(tx, ids));
		return walk;
	}

	test('finds nothing where records left, deleted or of another kind', async () => {
		expect(await (await given()).problems()).toEqual([]);
	});

	const WHO = 'who comes back has the ID from before';
	const REMEDY = 'Go back to a backup in which "customer360 check" finds none of this';

	test('finds a record whose ID is nowhere, and says what becomes of it and what to do', async () => {
		const walk = await given((tx) => tx.departures.add([{ ...contact('crm:3'), entity: 'person', canonicalId: 'per_NOBODY' }], AT));
		const detail = `left per_NOBODY, which was never issued: it would come back under a new ID. ${REMEDY}`;
		expect(await walk.problems()).toEqual([{ invariant: WHO, subject: 'crm:contact:3', detail }]);
	});

	test('finds a record that is said to have left, and is there', async () => {
		const walk = await given((tx, { ann }) => tx.departures.add([{ ...contact('crm:1'), entity: 'person', canonicalId: ann }], AT));
		expect(await walk.problems()).toEqual([{ invariant: WHO, subject: 'crm:contact:1', detail: expect.stringMatching(/^is noted as having left per_\w+, and is a person in a profile\. Its profile counts/) as string }]);
	});

	test('finds a record from before a restore whose ID is nowhere', async () => {
		const walk = await given((tx) => tx.promises.place([{ ...contact('mail:1'), canonicalId: 'per_NOBODY' }], AT));
		const detail = `had per_NOBODY before this store went back to a backup, which is neither promised nor issued. ${REMEDY}`;
		expect(await walk.problems()).toEqual([{ invariant: 'promised IDs are kept', subject: 'mail:contact:1', detail }]);
	});
});
