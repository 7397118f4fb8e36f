import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { type HostedStore, type IdentityModel, type LongWork, StoreError, SYSTEM_IDS, type VersionedModel } from '../../../lib';
import { textParameter } from '../../parameters';

/** What an operation asks for that may put another model in force. */
export const changeProperties: INodeProperties[] = [
	{
		displayName: 'Preview Only',
		name: 'previewOnly',
		type: 'boolean',
		default: true,
		description: 'Whether to only show what would change. Switch it off to put the new weights in force after you have looked at them.',
	},
	{
		displayName: 'Changes to List',
		name: 'largest',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 500 },
		default: 10,
		description: 'How many merges and how many splits to list, those of the largest profiles first',
	},
];

export interface ChangeOptions {
	previewOnly: boolean;
	largest: number;
}

/** @throws Error that names the parameter */
export function readChangeOptions(context: IExecuteFunctions, itemIndex: number): ChangeOptions {
	return {
		previewOnly: context.getNodeParameter('previewOnly', itemIndex, true) !== false,
		largest: wholeNumber(textParameter(context, 'largest', itemIndex), 'Changes to List'),
	};
}

/** Shows what a model would change, and puts it in force where that was asked for. */
export async function changeModel(
	store: HostedStore,
	{ previewOnly, largest }: ChangeOptions,
	change: { former: VersionedModel; model: IdentityModel; actor: string },
	progress: LongWork,
): Promise<IDataObject> {
	const now = Date.now();
	const preview = store.run('previewModel', { model: change.model, largest }, { progress: progress.hearing('Trying it') });
	if (previewOnly) return { applied: false, version: change.former.version, ...((await preview) as unknown as IDataObject) };
	const seen = await preview.catch(unlessTooLarge);
	const { version } = await store.run('applyModel', { ...change, systems: SYSTEM_IDS, now }, { progress: progress.hearing('Putting it in force', seen?.records) });
	return { applied: true, version, ...(seen ? (seen as unknown as IDataObject) : { message: UNSEEN }) };
}

const UNSEEN = 'What it changed is not listed: to work that out beforehand takes more memory than was free.';

/** Who asked for it to be put in force gets it, which takes less memory. */
function unlessTooLarge(error: unknown): undefined {
	if (error instanceof StoreError && error.code === 'no_memory') return undefined;
	throw error;
}

/** @throws Error that names the parameter */
export function wholeNumber(text: string, label: string): number {
	const value = Number(text);
	if (text === '' || !Number.isSafeInteger(value) || value < 0) throw new Error(`"${label}" is "${text}" and must be a whole number, 0 or more. Nothing was changed.`);
	return value;
}
