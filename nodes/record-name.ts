import type { IDataObject } from 'n8n-workflow';
import { systemLabel } from '../lib';

/** How an item is called in an error: by its reference where it has one. An ID that is an email address is not repeated. */
export function recordName(json: IDataObject): string {
	const system = typeof json.system === 'string' ? systemLabel(json.system) : undefined;
	const parts = [system, json.object, json.sourceId].filter((part): part is string => typeof part === 'string' && /^[^\s@]{1,100}$/.test(part));
	return ['The item', ...parts].join(' ');
}
