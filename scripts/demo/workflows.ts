import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
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

/** Credentials that lead nowhere, for looking at workflows. */
export function placeholderCredentials(): CredentialFile[] {
	const data = { accessToken: 'x', secretKey: 'x', apiKey: 'x', apiToken: 'x', subdomain: 'x', email: 'x', baseUrl: 'http://127.0.0.1:9' };
	return Object.entries(LABELS).map(([system, label]) => ({ id: `c360demo${system}`, name: label, type: `customer360${label}Api`, data }));
}

/** Files of the workflows that the package ships. */
export function prebuiltFiles(): string[] {
	const folder = join(repositoryRoot, 'workflows');
	return readdirSync(folder)
		.filter((file) => file.endsWith('.json'))
		.sort()
		.map((file) => join(folder, file));
}

export function readWorkflow(file: string): WorkflowFile {
	return JSON.parse(readFileSync(file, 'utf8')) as WorkflowFile;
}

/** The prebuilt workflows as they are shipped, with nothing changed but the credentials chosen. */
export function prebuiltWorkflows(credentials: readonly CredentialFile[]): (WorkflowFile & { file: string })[] {
	return prebuiltFiles().map((file) => {
		const workflow = readWorkflow(file);
		for (const node of workflow.nodes) {
			const wanted = systemOf(node);
			const credential = credentials.find(({ type }) => wanted !== undefined && type === `customer360${LABELS[wanted]}Api`);
			if (credential) node.credentials = { [credential.type]: { id: credential.id, name: credential.name } };
		}
		return { ...workflow, file: basename(file, '.json') };
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
