import { SYSTEM_IDS } from '../../../lib';
import { decisionProperties, readDecision } from '../../Customer360Profile/references';
import { forOperation, type StoreOperation } from '../../store-operation';
import { readUndoSubject, undoSubjectProperties } from '../subject';

export const undo: StoreOperation = {
	value: 'undo',
	name: 'Undo',
	action: 'Undo a decision',
	description: 'Take a decision back, so that the records stand as they stood before it. A merge or split by hand is taken back as a whole, and an answered question is asked again.',
	properties: forOperation('undo', [...undoSubjectProperties, ...decisionProperties]),
	execute: async (context, store, itemIndex) => {
		const subject = readUndoSubject(context, itemIndex);
		const decision = { ...readDecision(context, itemIndex), systems: SYSTEM_IDS, now: Date.now() };
		const { canonicalIds, profiles, undone } = await store.run('decide', { change: { change: 'undo', subject }, context: decision });
		return [{ json: { undone: undone?.decision, pairs: undone?.pairs, canonicalIds, profiles } }];
	},
};
