import type { IExecuteFunctions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { Subject } from '../../lib';
import { canonicalIdParameter, recordParameter } from '../Customer360Profile/references';
import { textParameter } from '../parameters';

const QUESTION: INodePropertyOptions = { name: 'Question', value: 'question', description: 'An open question by its ID, as List Questions gives it' };
const RECORDS: INodePropertyOptions = { name: 'Two Records', value: 'records', description: 'Records of any two profiles, or of one' };
const PROFILES: INodePropertyOptions = { name: 'Two Profiles', value: 'profiles', description: 'All records of both, by canonical ID' };
const PROFILE: INodePropertyOptions = { name: 'Latest of a Profile', value: 'profile', description: 'The newest decision about any record of a profile' };

const record = (displayName: string, name: string, placeholder: string): INodeProperties => ({
	displayName,
	name,
	type: 'string',
	required: true,
	default: '',
	placeholder,
	description: 'System, object and ID, with colons between',
	displayOptions: { show: { about: ['records'] } },
});

const profile = (displayName: string, name: string, about: string[]): INodeProperties => ({
	displayName,
	name,
	type: 'string',
	required: true,
	default: '',
	placeholder: 'per_01JD2V9K7Q...',
	description: 'Current or retired; as it stands in a c360_id field',
	displayOptions: { show: { about } },
});

const question: INodeProperties = {
	displayName: 'Question ID',
	name: 'questionId',
	type: 'string',
	required: true,
	default: '={{ $json.questionId }}',
	description: 'As List Questions gives it; an item of the Customer 360 Trigger has it in data.questionId',
	displayOptions: { show: { about: ['question'] } },
};

/** What a decision is about; names what the parameter is called. */
const about = (options: INodePropertyOptions[]): INodeProperties => ({ displayName: 'About', name: 'about', type: 'options', options, default: 'question' });

export const subjectProperties: INodeProperties[] = [
	about([QUESTION, PROFILES, RECORDS]),
	question,
	record('First Record', 'firstRecord', 'hubspot:contact:42'),
	record('Second Record', 'secondRecord', 'zendesk:user:123456'),
	profile('Canonical ID', 'canonicalId', ['profiles']),
	profile('Other Canonical ID', 'otherCanonicalId', ['profiles']),
];

export const undoSubjectProperties: INodeProperties[] = [
	about([PROFILE, QUESTION, RECORDS]),
	question,
	record('First Record', 'firstRecord', 'hubspot:contact:42'),
	record('Second Record', 'secondRecord', 'zendesk:user:123456'),
	profile('Canonical ID', 'canonicalId', ['profile']),
];

/** @throws Error that names the parameter */
export function readSubject(context: IExecuteFunctions, itemIndex: number): Subject {
	const text = (name: string) => textParameter(context, name, itemIndex);
	if (text('about') === 'records') return { records: [recordParameter(context, 'firstRecord', itemIndex), recordParameter(context, 'secondRecord', itemIndex)] };
	if (text('about') === 'profiles') return { profiles: [canonicalIdParameter(context, 'canonicalId', itemIndex), canonicalIdParameter(context, 'otherCanonicalId', itemIndex)] };
	return { questionId: readQuestionId(text('questionId')) };
}

export function readUndoSubject(context: IExecuteFunctions, itemIndex: number): Exclude<Subject, { profiles: unknown }> | { profile: string } {
	if (textParameter(context, 'about', itemIndex) === 'profile') return { profile: canonicalIdParameter(context, 'canonicalId', itemIndex) };
	const subject = readSubject(context, itemIndex);
	if ('profiles' in subject) throw new Error('Name one profile whose latest decision is to be taken back.');
	return subject;
}

function readQuestionId(text: string): number {
	const id = Number(text);
	if (text === '') throw new Error('"Question ID" is empty. Give the ID of a question, as List Questions gives it in "questionId".');
	if (!Number.isSafeInteger(id) || id < 1) throw new Error(`"Question ID" is "${text}" and must be a whole number, as List Questions gives it.`);
	return id;
}
