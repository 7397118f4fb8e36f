import type { IBinaryKeyData, IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { IdentityStore } from '../../lib';

/** One operation of the Review node: what it asks for stands beside what it does. */
export interface ReviewOperation {
	value: string;
	name: string;
	action: string;
	description: string;
	/** Parameters, shown for this operation only. */
	properties: INodeProperties[];
	execute(context: IExecuteFunctions, store: IdentityStore, itemIndex: number): Promise<{ json: IDataObject; binary?: IBinaryKeyData }[]>;
}
