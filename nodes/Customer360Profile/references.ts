import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { parseRefKey, type RecordRef } from '../../lib';
import { requiredText, textParameter } from '../parameters';

/** @throws Error that names the parameter */
export function canonicalIdParameter(context: IExecuteFunctions, name: string, itemIndex: number): string {
	return requiredText(context, name, itemIndex, 'Give the canonical ID of a profile, as it stands in a c360_id field.');
}

/** @throws Error that names the parameter, or the reference that is none */
export function recordParameter(context: IExecuteFunctions, name: string, itemIndex: number): RecordRef {
	return parseRefKey(requiredText(context, name, itemIndex, 'Give system, object and ID of a record, for example hubspot:contact:42.'));
}

/** "system:object:id" parameters; several are separated by commas or line breaks. */
export function readReferences(text: string): RecordRef[] {
	return text
		.split(/[,\n]/)
		.map((part) => part.trim())
		.filter(Boolean)
		.map(parseRefKey);
}

export const canonicalIdProperty: INodeProperties = {
	displayName: 'Canonical ID',
	name: 'canonicalId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'per_01JD2V9K7Q...',
	description: 'Current or retired; as it stands in a c360_id field',
};

/** Who decided and why; both are kept with the decision. */
export const decisionProperties: INodeProperties[] = [
	{ displayName: 'Reason', name: 'reason', type: 'string', default: '', description: 'Kept with the decision, for those who ask later' },
	{ displayName: 'Decided By', name: 'actor', type: 'string', default: '', placeholder: 'ann.miller', description: 'Name of the person who decided. Empty: the workflow.' },
];

export function readDecision(context: IExecuteFunctions, itemIndex: number): { actor: string; reason: string } {
	const actor = textParameter(context, 'actor', itemIndex);
	return {
		actor: actor === '' ? `workflow ${context.getWorkflow().name ?? context.getWorkflow().id ?? ''}`.trim() : actor,
		reason: textParameter(context, 'reason', itemIndex),
	};
}
