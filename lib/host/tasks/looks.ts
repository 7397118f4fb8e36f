import type { Entity } from '../../domain';
import { currentModel, explainSubjects, explanationPicture, type Explanation, listQuestions, type ProfileView, type ReviewQuestion, searchProfiles } from '../../identity';
import type { Task } from '../task';

/** Full text search over all profiles. */
export const search: Task<{ text: string; entity?: Entity; limit: number }, ProfileView[]> = async (store, { text, entity, limit }) =>
	store.read((tx) => searchProfiles(tx, text, entity, limit));

/** Open questions by what a mistake would cost; looks at all of them. */
export const questions: Task<{ limit: number; offset: number }, { open: number; questions: ReviewQuestion[] }> = async (store, { limit, offset }) =>
	store.read((tx) => listQuestions(tx, limit, offset));

export interface Explained {
	explanation: Explanation;
	/** SVG text; undefined where there are no weights to draw. */
	picture: string | undefined;
}

/** Why two records or profiles are, or are not, one. */
export const explain: Task<{ first: string; second: string; systems: readonly string[]; now: number }, Explained> = async (store, { first, second, systems, now }) => {
	// Only a store without a model is written to: somebody else may be writing for minutes.
	const seen = await store.read(async (tx) => {
		const model = await tx.models.current();
		return model && (await explainSubjects(tx, first, second, model));
	});
	const explanation = seen ?? (await store.write(async (tx) => explainSubjects(tx, first, second, await currentModel(tx, systems, new Date(now).toISOString()))));
	return { explanation, picture: explanationPicture(explanation) };
};

/** How many people and companies there are. */
export const count: Task<Record<string, never>, Record<Entity, number>> = async (store) => (await store.read((tx) => tx.profiles.counts())).profiles;
