import axios from 'axios';
import type { WorkflowFile } from '../../scripts/demo/workflows';
import type { Machines } from './machines';

export const LEAD_FORM = 'c360LeadForm00001';

/** A workflow that takes a lead from the web, says at once that it has it, and finds out who that is. */
export function leadForm(): WorkflowFile {
	const fields = { field: [{ path: 'body.email', attribute: 'email', type: 'auto', identifier: '', separator: '' }] };
	const mapping = { mapping: 'fields', updatedAtField: '', system: 'form', object: 'lead', kind: 'person', idField: 'body.email', fields };
	const node = (name: string, type: string, parameters: Record<string, unknown>, typeVersion = 1) => ({ id: name, name, type, typeVersion, position: [0, 0], parameters });
	const ours = (name: string, parameters: Record<string, unknown>) => node(name, `n8n-nodes-customer360.customer360${name}`, parameters);
	const to = (name: string) => [{ node: name, type: 'main', index: 0 }];
	const hook = { ...node('Hook', 'n8n-nodes-base.webhook', { path: LEAD_FORM, httpMethod: 'POST', responseMode: 'onReceived' }, 2), webhookId: LEAD_FORM };
	const nodes = [hook, ours('Normalize', mapping), ours('Match', {}), ours('Merge', { output: 'summary' })];
	const connections = { Hook: { main: [to('Normalize')] }, Normalize: { main: [to('Match')] }, Match: { main: [to('Merge'), to('Merge'), to('Merge')] } };
	return { id: LEAD_FORM, name: 'Lead form', nodes, connections, settings: { executionOrder: 'v1' } };
}

/** Resolves when n8n has said that it took the lead. */
export async function sendLead({ session }: Machines, email: string): Promise<void> {
	await axios.post(`${session.url}/webhook/${LEAD_FORM}`, { email }, { proxy: false, timeout: 30_000 });
}
