/**
 * Takes the pictures of the prebuilt workflows for the README, from the real editor: `npm run pictures`.
 * Needs Chromium (see canvas-picture.ts).
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importCredentialValues, importWorkflow, installPackage, repositoryRoot, setupOwner, startN8n } from '../test/n8n/program';
import { canvasPicture } from './canvas-picture';
import { placeholderCredentials, prebuiltWorkflows } from './demo/workflows';
import { runScript } from './run-script';

async function main(): Promise<void> {
	const folder = join(repositoryRoot, 'docs', 'images');
	mkdirSync(folder, { recursive: true });
	const userFolder = mkdtempSync(join(tmpdir(), 'customer360-pictures-'));
	try {
		await installPackage(userFolder);
		// Credentials are chosen, as after filling in; their values reach nobody.
		const credentials = placeholderCredentials();
		await importCredentialValues(userFolder, credentials);
		const workflows = prebuiltWorkflows(credentials);
		for (const workflow of workflows) {
			const file = join(userFolder, `${workflow.id}.json`);
			writeFileSync(file, JSON.stringify(workflow));
			await importWorkflow(userFolder, file);
		}
		const n8n = await startN8n({ userFolder });
		try {
			const session = await setupOwner(n8n.url);
			for (const { id, file } of workflows) {
				const picture = join(folder, `${file}.png`);
				await canvasPicture({ url: n8n.url, cookie: session.cookie, workflowId: id, file: picture, height: 900 });
				console.log(picture);
			}
		} finally {
			await n8n.stop();
		}
	} finally {
		rmSync(userFolder, { recursive: true, force: true });
	}
}

runScript(main);
