import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const built = (file) => `dist/${file.replace(/\.ts$/, '.js')}`;

/** n8n loads what package.json lists and nothing else. Throws when that list and the folders differ, saying what to put there. */
export function checkManifest(root, nodeFiles, credentialFiles) {
	const { n8n } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
	const wanted = {
		nodes: nodeFiles.filter((file) => file.endsWith('.node.ts')).map(built),
		credentials: credentialFiles.filter((file) => file.endsWith('.credentials.ts')).map(built),
	};
	const complaints = Object.entries(wanted).flatMap(([key, files]) => {
		const listed = n8n[key] ?? [];
		const missing = files.filter((file) => !listed.includes(file));
		const surplus = listed.filter((file) => !files.includes(file));
		if (missing.length + surplus.length === 0) return [];
		return [
			...missing.map((file) => `  add to n8n.${key}: "${file}"`),
			...surplus.map((file) => `  take out of n8n.${key}: "${file}" (there is no such source)`),
		];
	});
	if (complaints.length > 0) throw new Error(`package.json does not list what is in nodes/ and credentials/:\n${complaints.join('\n')}`);
}
