import { buildProfiles, SYSTEM_IDS, toProfiles, undoDecision } from '../../../lib';
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
		const { canonicalIds, decision, pairs } = await store.write((tx) => undoDecision(tx, subject, { ...readDecision(context, itemIndex), systems: SYSTEM_IDS, now: Date.now() }));
		await buildProfiles(store, { systems: SYSTEM_IDS, now: Date.now });
		const profiles = await store.read(async (tx) => {
			const found = await tx.profiles.byCanonicalId(canonicalIds);
			return toProfiles(tx, canonicalIds.flatMap((id) => found.get(id) ?? []));
		});
		return [{ json: { undone: decision, pairs, canonicalIds, profiles } }];
	},
};
