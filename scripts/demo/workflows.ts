import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { VendorSandbox } from '../../test/sandbox/vendor-sandbox';
import { type CredentialFile, repositoryRoot } from '../../test/n8n/program';

export interface WorkflowNode {
	id: string;
	name: string;
	type: string;
	parameters: Record<string, unknown>;
	credentials?: Record<string, { id: string; name: string }>;
}

export interface WorkflowFile {
	id: string;
	name: string;
	nodes: WorkflowNode[];
	[key: string]: unknown;
}

const PACKAGE = 'n8n-nodes-customer360.';
const LABELS: Readonly<Record<string, string>> = { hubspot: 'HubSpot', stripe: 'Stripe', zendesk: 'Zendesk', mailchimp: 'Mailchimp' };

/** One credential a system, as someone would fill it in, with the look-alike's address as base URL. */
export function credentialsFor(sandboxes: Readonly<Record<string, VendorSandbox>>): CredentialFile[] {
	return Object.entries(sandboxes).map(([system, { credentials }]) => ({
		id: `c360demo${system}`,
		name: `${LABELS[system]} (demo)`,
		type: `customer360${LABELS[system]}Api`,
		data: { ...credentials },
	}));
}

/** The prebuilt workflows as they are shipped, with nothing changed but the credentials chosen. */
export function prebuiltWorkflows(credentials: readonly CredentialFile[]): WorkflowFile[] {
	const folder = join(repositoryRoot, 'workflows');
	return readdirSync(folder)
		.filter((file) => file.endsWith('.json'))
		.sort()
		.map((file) => {
			const workflow = JSON.parse(readFileSync(join(folder, file), 'utf8')) as WorkflowFile;
			for (const node of workflow.nodes) {
				const wanted = systemOf(node);
				const credential = credentials.find(({ type }) => wanted !== undefined && type === `customer360${LABELS[wanted]}Api`);
				if (credential) node.credentials = { [credential.type]: { id: credential.id, name: credential.name } };
			}
			return workflow;
		});
}

/** The system that a source or sync node belongs to. */
export function systemOf(node: WorkflowNode): string | undefined {
	if (!node.type.startsWith(PACKAGE)) return undefined;
	const name = node.type.slice(PACKAGE.length).toLowerCase();
	return Object.keys(LABELS).find((system) => name === `${system}sync` || name === `${system}sourcetrigger`);
}

export function isSource(node: WorkflowNode): boolean {
	return node.type.startsWith(PACKAGE) && node.type.endsWith('SourceTrigger');
}

export function isProfileTrigger(node: WorkflowNode): boolean {
	return node.type === `${PACKAGE}customer360Trigger`;
}

/** Workflows that poll by themselves: those that can be published. */
export function hasTriggers(workflow: WorkflowFile): boolean {
	return workflow.nodes.some((node) => isSource(node) || isProfileTrigger(node));
}
