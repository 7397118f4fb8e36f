import type { INodeProperties } from 'n8n-workflow';
import { SYSTEM_IDS, type Verdict, verdictSchema } from '../../../lib';
import { decisionProperties, readDecision } from '../../Customer360Profile/references';
import { forOperation, type StoreOperation } from '../../store-operation';
import { readSubject, subjectProperties } from '../subject';
import { textParameter } from '../../parameters';

const verdictProperty: INodeProperties = {
	displayName: 'Answer',
	name: 'verdict',
	type: 'options',
	options: [
		{ name: 'Different', value: 'different', description: 'They are two customers and stay apart, whatever they share' },
		{ name: 'Same', value: 'same', description: 'They are one customer. The older ID stays, the other leads to it.' },
	],
	// None: List Questions wired to Decide and run to see what happens would answer every question.
	default: '',
	required: true,
};

/** @throws Error when the expression gives something else */
export function readVerdict(text: string): Verdict {
	const verdict = verdictSchema.safeParse(text);
	if (text === '') throw new Error('"Answer" is empty. Choose "Same" or "Different".');
	if (!verdict.success) throw new Error(`"Answer" is "${text}" and must be "same" or "different".`);
	return verdict.data;
}

export const decide: StoreOperation = {
	value: 'decide',
	name: 'Decide',
	action: 'Decide whether two are one customer',
	description: 'Answer a question, or say of any two records or profiles that they are the same customer or different ones. It holds from then on and is not asked again.',
	properties: forOperation('decide', [...subjectProperties, verdictProperty, ...decisionProperties]),
	execute: async (context, store, itemIndex) => {
		const subject = readSubject(context, itemIndex);
		const verdict = readVerdict(textParameter(context, 'verdict', itemIndex, 'Answer'));
		const decision = { ...readDecision(context, itemIndex), systems: SYSTEM_IDS, now: Date.now() };
		const { canonicalIds, profiles } = await store.run('decide', { change: { change: 'answer', subject, verdict }, context: decision });
		return [{ json: { ...subject, verdict, canonicalIds, profiles } }];
	},
};
