import type { IExecuteFunctions, INodeExecutionData, IPairedItemData } from 'n8n-workflow';
import type { SyncResult } from '../lib';
import { failItem, failItems } from './node-errors';

/** The outputs of one run of a sync node, and which of its items nothing is known of yet. */
export class SyncOutputs {
	private readonly synced: INodeExecutionData[] = [];
	private readonly skipped: INodeExecutionData[] = [];
	private failed: INodeExecutionData[] = [];
	/** A run for everything pending is for all of them to its end. */
	private readonly open: Set<number>;

	constructor(private readonly context: IExecuteFunctions, itemCount: number) {
		this.open = new Set(Array.from({ length: itemCount }, (_, index) => index));
	}

	/** What is wrong with an item by itself. @throws NodeOperationError where the node is to stop */
	refuse(index: number, error: unknown): void {
		this.failed.push(failItem(this.context, error, index));
		this.open.delete(index);
	}

	/** @param indexes of the items that named the profile */
	add({ namedAs: _, ...result }: SyncResult, destination: string, pairedItem: IPairedItemData | IPairedItemData[], indexes: readonly number[]): void {
		this.outputOf(result.status).push({ json: { destination, ...result }, pairedItem });
		if (result.status !== 'retry') for (const index of indexes) this.open.delete(index);
	}

	/** What ended the run concerns the items of which nothing is known. @throws NodeApiError, NodeOperationError where the node is to stop */
	end(error: unknown): void {
		const marked = failItems(this.context, error, this.open);
		// What is tried again anyway is told by the error.
		this.failed = [...this.failed.filter(({ json }) => json.status !== 'retry'), ...marked];
	}

	/** In the order in which the node has them. */
	all(): INodeExecutionData[][] {
		return [this.synced, this.skipped, this.failed];
	}

	private outputOf(status: SyncResult['status']): INodeExecutionData[] {
		if (status === 'synced' || status === 'planned') return this.synced;
		return status === 'failed' || status === 'retry' ? this.failed : this.skipped;
	}
}
