import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { type Change, SYSTEM_IDS } from '../../../lib';
import { readReferences } from '../../Customer360Profile/references';
import { forOperation, type StoreOperation } from '../../store-operation';
import { readSubject, readUndoSubject, subjectProperties, undoSubjectProperties } from '../subject';
import { readVerdict } from './decide.operation';
import { requiredText, textParameter } from '../../parameters';

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
		const decision = { actor: 'preview', reason: '', systems: SYSTEM_IDS, now: Date.now() };
		return [{ json: { ...(await store.run('previewDecision', { change: readChange(context, itemIndex), context: decision })) } }];
	},
};

function readChange(context: IExecuteFunctions, itemIndex: number): Change {
	const text = (name: string) => textParameter(context, name, itemIndex);
	const what = text('change');
	if (what === 'split') return { change: 'split', id: requiredText(context, 'splitId', itemIndex, 'Give the canonical ID of the profile.', 'Canonical ID'), records: readReferences(text('records')) };
	if (what === 'undo') return { change: 'undo', subject: readUndoSubject(context, itemIndex) };
	return { change: 'answer', subject: readSubject(context, itemIndex), verdict: readVerdict(what) };
}
