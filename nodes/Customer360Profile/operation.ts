import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { IdentityStore } from '../../lib';

/** One operation of the Profile node: what it asks for stands beside what it does. */
export interface ProfileOperation {
	value: string;
	name: string;
	action: string;
	description: string;
	/** Parameters, shown for this operation only. */
	properties: INodeProperties[];
	execute(context: IExecuteFunctions, store: IdentityStore, itemIndex: number): Promise<IDataObject[]>;
}

/** Shows a parameter for one operation only. */
export function forOperation(value: string, properties: INodeProperties[]): INodeProperties[] {
	return properties.map((property) => ({
		...property,
		displayOptions: { show: { operation: [value], ...property.displayOptions?.show } },
	}));
}
