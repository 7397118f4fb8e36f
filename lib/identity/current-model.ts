import type { IdentityModel, VersionedModel } from '../domain';
import { identityModelSchema } from '../domain';
import { matchingFault } from '../match';
import type { IdentityStore, StoreWriter } from '../store';
import { defaultModel } from './default-model';
import { isLoading } from './first-load/loading';
import { matchAgain, type MatchingAgain } from './match-again';
import { pages } from './pages';

/** Profiles that are marked at a time. */
const PAGE = 1000;

/** The model in force; a new store gets the default one as version 1. */
export async function currentModel(tx: StoreWriter, systems: readonly string[], at: string): Promise<VersionedModel> {
	const current = await tx.models.current();
	if (current) return current;
	const model = defaultModel(systems);
	const version = await tx.models.add(model, 'customer360', at);
	return { version, createdAt: at, actor: 'customer360', model };
}

/** How a model is saved. */
export interface SaveOptions {
	onProgress?: MatchingAgain | undefined;
	/** The version that the document was made from; another one in force is not overwritten. */
	madeFrom?: Pick<VersionedModel, 'version'>;
	/** Bytes that matching all records again may take; what the machine has where left out. */
	room?: number;
}

/**
 * Checks a model document and makes it the one in force. All profiles are rebuilt by the next Merge, unless only `retention` changed. Where the model changes who matches whom
 * (matching, identifiers, blocked values), all records are matched again, in the same transaction, so that no one sees half of it.
 * @throws Error that names the place in the document and what is wrong there, or the version that came into force meanwhile
 */
export async function saveModel(
	store: IdentityStore,
	document: unknown,
	actor: string,
	now: number,
	{ onProgress, madeFrom, room }: SaveOptions = {},
): Promise<VersionedModel> {
	const model = parseModel(document);
	const at = new Date(now).toISOString();
	return store.write(async (tx) => {
		const former = await tx.models.current();
		if (madeFrom && former && former.version !== madeFrom.version) throw changedMeanwhile(former, madeFrom);
		const version = await tx.models.add(model, actor, at);
		const saved = { version, createdAt: at, actor, model };
		if (former && buildingOf(former.model) === buildingOf(model)) return saved;
		// What waits to be matched will be matched by this one.
		if (former && matchingOf(former.model) !== matchingOf(model) && !(await isLoading(tx))) await matchAgain(tx, saved, now, onProgress, room);
		for await (const page of pages((after) => tx.profiles.scanHeads(after, PAGE), ({ no }) => no)) await tx.profiles.touch(page.map(({ no }) => no));
		return saved;
	});
}

function changedMeanwhile(current: Pick<VersionedModel, 'version'>, { version }: Pick<VersionedModel, 'version'>): Error {
	return new Error(`The identity model was changed meanwhile: version ${current.version} is in force, and this one was made from version ${version}. Nothing was changed; do it again.`);
}

/** The part of a model that decides what profiles look like, and who matches whom. */
function buildingOf({ retention: _retention, ...model }: IdentityModel): string {
	return JSON.stringify(model);
}

/** The part of a model that decides who matches whom. */
function matchingOf({ identifiers, matching, blockedValues }: IdentityModel): string {
	return JSON.stringify([identifiers, matching, blockedValues]);
}

/** @throws Error that names the place in the document and what is wrong there */
export function parseModel(document: unknown): IdentityModel {
	const parsed = identityModelSchema.safeParse(document);
	if (!parsed.success) {
		const [issue] = parsed.error.issues;
		const place = issue?.path.join('.');
		throw new Error(`The identity model is not valid${place ? ` at "${place}"` : ''}: ${inWords(issue?.message ?? 'unknown')}. Nothing was changed.`);
	}
	const fault = matchingFault(parsed.data.matching);
	if (fault !== undefined) throw new Error(`The identity model is not valid: ${fault}. Nothing was changed.`);
	return parsed.data;
}

/** Of what is missing or of another type, without the words of a program. */
function inWords(message: string): string {
	const [, expected, received] = /^Invalid input: expected (\w+), received (\w+)$/.exec(message) ?? [];
	if (!expected) return message;
	return received === 'undefined' ? `it is missing (${expected})` : `it must be of type ${expected} and is ${received}`;
}

/** Whether a stored model is one that could be saved. */
export function isValidModel(document: unknown): boolean {
	try {
		parseModel(document);
		return true;
	} catch {
		return false;
	}
}
