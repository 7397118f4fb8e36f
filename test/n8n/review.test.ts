import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closeAllStores, embeddedStorePath, type IdentityStore, listQuestions, openStore } from '../../lib';
import { readWorkflow } from '../../scripts/demo/workflows';
import { person, Walk } from '../unit/identity/given';
import { type FormPage, FormVisitor } from './form-visitor';
import { installPackage, n8nFolder, repositoryRoot, type RunningN8n, type Session, setupOwner, startN8n } from './program';

const workflow = readWorkflow(join(repositoryRoot, 'workflows', 'identity-review.json'));
const couple = (place: string, given: string, box: string) => person(place, { given, family: 'Hill', email: `${box}@acorn-mail.com` });

/** One story in one n8n: each test goes on where the one before it stopped. */
describe('the prebuilt workflow "identity review" in the real n8n', () => {
	let userFolder: string;
	let n8n: RunningN8n;
	let session: Session;
	let store: IdentityStore;
	let walk: Walk;
	let address: string;
	let page: FormPage;
	const visitor = new FormVisitor(`Basic ${Buffer.from('review:let me in').toString('base64')}`);

	beforeAll(async () => {
		userFolder = mkdtempSync(join(tmpdir(), 'customer360-review-'));
		await installPackage(userFolder);
		store = await openStore({ file: embeddedStorePath(n8nFolder(userFolder)) });
		walk = new Walk(store);
		await walk.arrive(...['a', 'b', 'c'].flatMap((box) => [couple(`crm:${box}`, 'Ann', box), couple(`mail:${box}`, 'Bob', box)]));
		n8n = await startN8n({ userFolder });
		session = await setupOwner(n8n.url);
		const { id } = await session.post<{ id: string }>('/credentials', { name: 'Review', type: 'httpBasicAuth', data: { user: 'review', password: 'let me in' } });
		const nodes = workflow.nodes.map((node) => (node.type === 'n8n-nodes-base.formTrigger' ? { ...node, credentials: { httpBasicAuth: { id, name: 'Review' } } } : node));
		await session.activate(await session.createWorkflow({ ...workflow, nodes }));
		address = `${n8n.url}/form/customer360-review`;
	}, 120_000);

	afterAll(async () => {
		await (n8n as RunningN8n | undefined)?.stop();
		await closeAllStores();
		rmSync(userFolder, { recursive: true, force: true });
	}, 60_000);

	const openQuestions = async () => (await store.read((tx) => listQuestions(tx, 50, 0))).questions;
	const decisions = async () => store.read((tx) => tx.decisions.all());

	test('without the password nobody sees anything', async () => {
		expect(await new FormVisitor().open(address)).toMatchObject({ status: 401, html: '' });
	});

	test('someone without an n8n log-in gives a name and sees the first question: both records, the sentence, the picture', async () => {
		page = await visitor.submit(await visitor.open(address), { 'Your name': 'Kim Lee' });
		const [first] = await openQuestions();
		expect(page.html).toContain('<table>');
		for (const text of ['crm:contact:', 'mail:contact:', '<b>', 'Ann', 'Bob', 'Are these the same customer?', ', 3 open']) expect(page.html).toContain(text);
		expect(page.html).toContain(first?.sentence.replaceAll('"', '&quot;').slice(0, 40));
		expect(page.html).toContain(Buffer.from(first?.picture ?? '').toString('base64'));
	});

	test('"same" joins the two, keeps name and reason, and the next question comes', async () => {
		const [first] = await openQuestions();
		page = await visitor.submit(page, { 'Are these the same customer?': 'Same customer', Reason: 'they phoned' });
		expect(await decisions()).toMatchObject([{ verdict: 'same', actor: 'Kim Lee', reason: 'they phoned' }]);
		expect((await openQuestions()).map(({ questionId }) => questionId)).not.toContain(first?.questionId);
		expect(page.html).toContain(', 2 open');
	});

	test('"skip" decides nothing and shows another question', async () => {
		const [second, third] = await openQuestions();
		page = await visitor.submit(page, { 'Are these the same customer?': 'Skip', Reason: '' });
		expect(await decisions()).toHaveLength(1);
		expect(page.html).toContain(`crm:contact:${third?.left.sourceId}`);
		expect(page.html).not.toContain(`crm:contact:${second?.left.sourceId}`);
	});

	test('an answer to a question that somebody else answered meanwhile is not kept, and the visitor is told', async () => {
		const third = (await openQuestions())[1];
		await walk.decide('different', `crm:${third?.left.sourceId}`, `mail:${third?.left.sourceId}`);
		await walk.arrive(couple('crm:d', 'Ann', 'd'), couple('mail:d', 'Bob', 'd'));
		page = await visitor.submit(page, { 'Are these the same customer?': 'Same customer', Reason: '' });
		expect(page.html).toContain('Your answer was not kept');
		expect(page.html).toContain('crm:contact:d');
		expect((await decisions()).map(({ actor, verdict }) => `${actor}: ${verdict}`).sort()).toEqual(['Kim Lee: same', 'kim: different']);
	});

	test('"different" keeps the two apart, and after the last question the form says so', async () => {
		page = await visitor.submit(page, { 'Are these the same customer?': 'Different customers', Reason: '' });
		expect((await decisions()).at(-1)).toMatchObject({ verdict: 'different', actor: 'Kim Lee' });
		expect(page.html).toContain('No question is left');
		expect(await openQuestions()).toHaveLength(1);
		expect(await walk.problems()).toEqual([]);
	});

	test('the execution ended well', async () => {
		const statuses = (await session.executions()).map(({ status }) => status);
		expect(statuses).toEqual(['success']);
	});
});
