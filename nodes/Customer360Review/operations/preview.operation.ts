import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { answer, countWrites, type DecisionContext, membersOf, pairOf, previewChange, splitProfile, type StoredRecord, type StoreReader, type StoreWriter, SYSTEM_IDS, SYSTEMS, undoDecision } from '../../../lib';
import { readReferences } from '../../Customer360Profile/references';
import { forOperation, type StoreOperation } from '../../store-operation';
import { readSubject, readUndoSubject, subjectProperties, undoSubjectProperties } from '../subject';
import { readVerdict } from './decide.operation';
import { textParameter } from '../../parameters';

const shownFor = (changes: string[], properties: INodeProperties[]): INodeProperties[] =>
	properties.map((property) => ({ ...property, displayOptions: { show: { change: changes, ...property.displayOptions?.show } } }));

export const preview: StoreOperation = {
	value: 'preview',
	name: 'Preview',
	action: 'Preview what a decision would change',
	description: 'Show what a decision would change without keeping anything: records that move, values, segments, and how many records each destination would get written',
	properties: forOperation('preview', [
		{
			displayName: 'Change',
			name: 'change',
			type: 'options',
			options: [
				{ name: 'Different', value: 'different' },
				{ name: 'Same', value: 'same' },
				{ name: 'Split', value: 'split' },
				{ name: 'Undo', value: 'undo' },
			],
			default: 'same',
		},
		...shownFor(['same', 'different'], subjectProperties),
		...shownFor(['undo'], undoSubjectProperties),
		...shownFor(['split'], [
			{ displayName: 'Canonical ID', name: 'splitId', type: 'string', required: true, default: '', placeholder: 'per_01JD2V9K7Q...', description: 'Profile that would be split' },
			{
				displayName: 'Records to Take Out',
				name: 'records',
				type: 'string',
				required: true,
				default: '',
				placeholder: 'zendesk:user:123456, mailchimp:member:...',
				description: 'System, object and ID of each, separated by commas',
			},
		]),
	]),
	execute: async (context, store, itemIndex) => {
		const decision: DecisionContext = { actor: 'preview', reason: '', systems: SYSTEM_IDS, now: Date.now() };
		const { subjects, change } = readChange(context, itemIndex, decision);
		const { moves, profiles, before, after } = await previewChange(store, subjects, change, decision);
		const destinations = Object.values(SYSTEMS).flatMap(({ id, destinations: objects }) => Object.entries(objects).map(([object, definition]) => ({ system: id, object, definition })));
		return [{ json: { moves, profiles, writes: countWrites(destinations, before, after) } }];
	},
};

interface Change {
	subjects: (tx: StoreReader) => Promise<readonly StoredRecord[]>;
	change: (tx: StoreWriter) => Promise<unknown>;
}

function readChange(context: IExecuteFunctions, itemIndex: number, decision: DecisionContext): Change {
	const text = (name: string) => textParameter(context, name, itemIndex);
	const what = text('change');
	if (what === 'split') {
		const [id, records] = [text('splitId'), readReferences(text('records'))];
		return { subjects: (tx) => membersOf(tx, id), change: (tx) => splitProfile(tx, id, records, decision) };
	}
	if (what === 'undo') {
		const undone = readUndoSubject(context, itemIndex);
		return { subjects: (tx) => ('profile' in undone ? membersOf(tx, undone.profile) : pairOf(tx, undone, true)), change: (tx) => undoDecision(tx, undone, decision) };
	}
	const [subject, verdict] = [readSubject(context, itemIndex), readVerdict(what)];
	const subjects = async (tx: StoreReader) =>
		'profiles' in subject ? (await Promise.all(subject.profiles.map((id) => membersOf(tx, id)))).flat() : pairOf(tx, subject);
	return { subjects, change: (tx) => answer(tx, subject, verdict, decision) };
}
