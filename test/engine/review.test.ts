import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { pollNode, runChain, runNode } from './harness';
import { temporaryStore, type TemporaryStore } from './temporary-store';
import { fill, startVendor, SYSTEM_NAMES } from './vendors';
import { Customer360Profile } from '../../nodes/Customer360Profile/Customer360Profile.node';
import { Customer360Review } from '../../nodes/Customer360Review/Customer360Review.node';
import { Customer360Trigger } from '../../nodes/Customer360Trigger/Customer360Trigger.node';

interface Question extends IDataObject {
	questionId: number;
	open: number;
	position: number;
	left: IDataObject & { system: string; object: string; sourceId: string; canonicalId: string };
	right: IDataObject & { system: string; object: string; sourceId: string; canonicalId: string };
}

let store: TemporaryStore;

async function review(parameters: INodeParameters, onError?: 'continueErrorOutput'): Promise<{ items: INodeExecutionData[]; errors: INodeExecutionData[]; error: Error | undefined }> {
	const { outputs, error } = await runNode(Customer360Review, { ...store, parameters, ...(onError && { onError }) });
	return { items: outputs[0] ?? [], errors: outputs[1] ?? [], error };
}
const questions = async (parameters: INodeParameters = {}) => (await review({ operation: 'list', limit: 50, offset: 0, ...parameters })).items.map(({ json }) => json as Question);
const refOf = ({ system, object, sourceId }: Question['left']) => `${system}:${object}:${sourceId}`;
async function first(): Promise<Question> {
	const [question] = await questions();
	if (!question) throw new Error('nothing is asked');
	return question;
}
const idOf = async (record: string) =>
	(await runNode(Customer360Profile, { ...store, parameters: { operation: 'get', findBy: 'record', record } })).outputs[0]?.[0]?.json.canonicalId;

beforeEach(async () => {
	store = temporaryStore();
	for (const system of SYSTEM_NAMES) await fill(store, system, await startVendor(system));
});

describe('List Questions', () => {
	test('gives both records side by side with weights, sentence, cost and the picture as a file', async () => {
		const { items } = await review({ operation: 'list', limit: 1, offset: 0 });
		expect(items).toHaveLength(1);
		expect(items[0]?.json).toMatchObject({
			questionId: expect.any(Number),
			position: 1,
			left: { canonicalId: expect.any(String), values: expect.any(Object) },
			right: { canonicalId: expect.any(String), values: expect.any(Object) },
			cost: { records: expect.any(Number), revenue: expect.any(Number), contactable: expect.any(Number), points: expect.any(Number) },
			sentence: expect.stringMatching(/\.$/),
			html: expect.stringContaining('<table>'),
		});
		expect(items[0]?.binary?.waterfall).toMatchObject({ mimeType: 'image/svg+xml', fileName: expect.stringMatching(/^question-\d+\.svg$/) });
		expect(Buffer.from(items[0]?.binary?.waterfall?.data ?? '', 'base64').toString()).toMatch(/^<svg.*<\/svg>$/s);
	});

	test('where none waits the editor says so', async () => {
		const hintsOf = async (offset: number) => (await runNode(Customer360Review, { ...store, parameters: { operation: 'list', limit: 50, offset } })).hints.map(({ message }) => message);
		expect(await hintsOf(0)).toEqual([]);
		expect(await hintsOf(400)).toEqual(['No question waits at this place of the list.']);
		store = temporaryStore();
		expect(await hintsOf(0)).toEqual(['No question waits for a person.']);
	});

	test('keeps to limit and offset', async () => {
		const all = await questions();
		expect(all.length).toBeGreaterThan(1);
		expect(new Set(all.map(({ open }) => open))).toEqual(new Set([all.length]));
		expect((await questions({ limit: 1, offset: 1 })).map(({ questionId, position }) => [questionId, position])).toEqual([[all[1]?.questionId, 2]]);
		expect(await questions({ offset: all.length })).toEqual([]);
	});

	test.each([['limit', 0, 'Limit'], ['limit', '={{ "many" }}', 'Limit'], ['offset', -1, 'Offset']])('refuses %s %s', async (name, value, label) => {
		const { error } = await review({ operation: 'list', limit: 5, offset: 0, [name]: value });
		expect(error?.message).toContain(`"${label}" is`);
	});
});

describe('Decide', () => {
	test('"same" by question gives one profile under the older ID, and asks no more', async () => {
		const question = await first();
		const { items, error } = await review({ operation: 'decide', about: 'question', questionId: question.questionId, verdict: 'same', reason: 'phoned', actor: 'kim' });
		expect(error).toBeUndefined();
		expect(items).toMatchObject([{ json: { verdict: 'same', canonicalIds: [expect.any(String)], profiles: [{ records: expect.any(Array) }] } }]);
		expect(new Set([await idOf(refOf(question.left)), await idOf(refOf(question.right))])).toEqual(new Set(items[0]?.json.canonicalIds as string[]));
		expect((await questions()).map(({ questionId }) => questionId)).not.toContain(question.questionId);
		const decisions = await (await store.open()).read((tx) => tx.decisions.all());
		expect(new Set(decisions.map(({ actor, reason, verdict }) => `${actor} ${reason} ${verdict}`))).toEqual(new Set(['kim phoned same']));
	});

	test('"different" by two records, and by two profiles that are apart and that nobody asked about', async () => {
		const question = await first();
		const records = { about: 'records', firstRecord: refOf(question.left), secondRecord: refOf(question.right) };
		const answered = await review({ operation: 'decide', ...records, verdict: 'different', reason: '', actor: '' });
		expect(answered.items[0]?.json.canonicalIds).toEqual(expect.arrayContaining([question.left.canonicalId, question.right.canonicalId]));
		const [robert, hannah] = [await idOf('hubspot:contact:1001'), await idOf('hubspot:contact:1004')] as [string, string];
		const profiles = { about: 'profiles', canonicalId: robert, otherCanonicalId: hannah };
		const { items, error } = await review({ operation: 'decide', ...profiles, verdict: 'different', reason: '', actor: '' });
		expect(error).toBeUndefined();
		expect(items[0]?.json.canonicalIds).toEqual(expect.arrayContaining([robert, hannah]));
		const decisions = await (await store.open()).read((tx) => tx.decisions.all());
		expect(decisions.at(-1)).toMatchObject({ verdict: 'different', actor: 'workflow Test' });
	});

	test('a question that the Customer 360 Trigger tells of is answered by the ID in its event', async () => {
		const question = await first();
		const { emitted } = await pollNode(Customer360Trigger, { ...store, parameters: { events: ['review.waiting'], emit: 'events', start: 'beginning' } });
		const event = emitted.flat(2).find(({ json: { data } }) => (data as IDataObject).questionId === question.questionId);
		const parameters = { operation: 'decide', questionId: '={{ $json.data.questionId }}', verdict: 'different' };
		const { outputs } = await runNode(Customer360Review, { ...store, items: [event as INodeExecutionData], parameters });
		expect(outputs[0]).toMatchObject([{ json: { verdict: 'different', canonicalIds: expect.arrayContaining([question.left.canonicalId, question.right.canonicalId]) } }]);
	});

	test('run with nothing chosen it decides nothing: there is no answer by default', async () => {
		const before = await questions();
		const chain = [{ node: Customer360Review, ...store, parameters: { operation: 'list' } }, { node: Customer360Review, ...store, parameters: { operation: 'decide' } }];
		await expect(runChain(chain)).rejects.toThrow('Parameter "Answer" is required');
		expect(await questions()).toEqual(before);
	});

	test.each<[string, INodeParameters, string]>([
		['a question ID that is no number', { about: 'question', questionId: 'five', verdict: 'same' }, '"Question ID" is "five"'],
		['a question that never was', { about: 'question', questionId: 4040, verdict: 'same' }, 'There is no question 4040'],
		['an answer that is none', { about: 'question', questionId: 1, verdict: '={{ "maybe" }}' }, '"Answer" is "maybe" and must be "same" or "different"'],
		['no answer at all', { about: 'question', questionId: 1, verdict: '={{ $json.answer }}' }, '"Answer" is empty. Choose "Same" or "Different".'],
		['text that is no reference', { about: 'records', firstRecord: 'Ann', secondRecord: 'hubspot:contact:1001', verdict: 'same' }, '"Ann" is not a record reference'],
	])('sends the item with %s to the error output, with what to do', async (_what, parameters, says) => {
		const { items, errors } = await review({ operation: 'decide', reason: '', actor: '', ...parameters }, 'continueErrorOutput');
		expect(items).toEqual([]);
		expect(errors.map(({ json }) => json.error)).toEqual([expect.stringContaining(says)]);
	});
});

describe('Preview', () => {
	test('of an answer tells records, values, segments and writes by destination, and keeps nothing', async () => {
		const question = await first();
		const before = JSON.stringify(await questions());
		const about = { about: 'question', questionId: question.questionId };
		const { items, error } = await review({ operation: 'preview', change: 'same', ...about });
		expect(error).toBeUndefined();
		expect(items[0]?.json.moves).not.toEqual([]);
		expect((items[0]?.json.profiles as { change: string }[]).map(({ change }) => change)).toContain('retired');
		expect(Object.keys(items[0]?.json.writes as object)).not.toEqual([]);
		expect(JSON.stringify(await questions())).toBe(before);
		const decided = await review({ operation: 'decide', ...about, verdict: 'same', reason: '', actor: '' });
		const [{ to } = { to: '' }] = items[0]?.json.moves as { to: string }[];
		expect(decided.items[0]?.json.canonicalIds).toEqual([to]);
	});

	test('of "different" for what is apart moves nobody and writes nothing', async () => {
		const { questionId } = await first();
		const { items } = await review({ operation: 'preview', change: 'different', about: 'question', questionId });
		expect(items.map(({ json }) => json)).toEqual([{ moves: [], profiles: [], writes: {} }]);
	});

	test('of a split shows the profile that would be new', async () => {
		const splitId = await idOf('hubspot:contact:1001') as string;
		const { items, error } = await review({ operation: 'preview', change: 'split', splitId, records: 'hubspot:contact:1001' });
		expect(error).toBeUndefined();
		expect(items[0]?.json.moves).toHaveLength(1);
		expect((items[0]?.json.profiles as { change: string }[]).map(({ change }) => change)).toContain('created');
		expect(items[0]?.json.writes).not.toEqual({});
		expect(await idOf('hubspot:contact:1001')).toBe(splitId);
	});
});

describe('Undo', () => {
	test('of an answer asks again and gives the profiles as they were', async () => {
		const question = await first();
		const about = { about: 'question', questionId: question.questionId };
		await review({ operation: 'decide', ...about, verdict: 'same', reason: '', actor: 'kim' });
		const shown = await review({ operation: 'preview', change: 'undo', ...about });
		expect(shown.items[0]?.json.moves).not.toEqual([]);
		const { items, error } = await review({ operation: 'undo', ...about, reason: 'a mistake', actor: 'lee' });
		expect(error).toBeUndefined();
		expect(items[0]?.json).toMatchObject({ undone: { verdict: 'same', actor: 'kim' }, profiles: [{}, {}] });
		expect((await questions()).map(({ left, right }) => [refOf(left), refOf(right)].sort())).toContainEqual([refOf(question.left), refOf(question.right)].sort());
		expect((await review({ operation: 'undo', ...about, reason: '', actor: '' })).error?.message).toMatch(/No decision stands about/);
	});

	test('of the latest decision about a profile takes a split of the Profile node back', async () => {
		const canonicalId = await idOf('hubspot:contact:1001') as string;
		await runNode(Customer360Profile, { ...store, parameters: { operation: 'split', canonicalId, records: 'hubspot:contact:1001', reason: '', actor: '' } });
		expect(await idOf('hubspot:contact:1001')).not.toBe(canonicalId);
		const { error } = await review({ operation: 'undo', about: 'profile', canonicalId, reason: '', actor: '' });
		expect(error).toBeUndefined();
		expect(await idOf('hubspot:contact:1001')).toBe(canonicalId);
	});
});
