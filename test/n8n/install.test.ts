import axios from 'axios';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { installPackage, repositoryRoot, setupOwner, startN8n, type RunningN8n } from './program';

interface NodeTypeListing {
	name: string;
	displayName: string;
	iconUrl?: string | { light: string; dark: string };
	credentials?: { name: string }[];
}

interface Manifest {
	name: string;
	n8n: { nodes: string[]; credentials: string[] };
}

const manifest = JSON.parse(readFileSync(join(repositoryRoot, 'package.json'), 'utf8')) as Manifest;

/** n8n's name of a type: its class's name with a small first letter. */
function typeName(file: string): string {
	const className = basename(file).split('.')[0] ?? '';
	return className.charAt(0).toLowerCase() + className.slice(1);
}

describe('the package in the real n8n', () => {
	const userFolder = mkdtempSync(join(tmpdir(), 'customer360-n8n-'));
	let n8n: RunningN8n | undefined;
	let url: string;
	let ours: NodeTypeListing[];
	let credentialTypes: { name: string }[];

	beforeAll(async () => {
		await installPackage(userFolder);
		n8n = await startN8n({ userFolder });
		url = n8n.url;
		const session = await setupOwner(url);
		const get = async <T>(path: string) => (await axios.get<T>(`${url}${path}`, { headers: { cookie: session.cookie }, timeout: 30_000, proxy: false })).data;
		ours = (await get<NodeTypeListing[]>('/types/nodes.json')).filter(({ name }) => name.startsWith(`${manifest.name}.`));
		credentialTypes = await get<{ name: string }[]>('/types/credentials.json');
	}, 180_000);

	afterAll(async () => {
		await n8n?.stop();
		rmSync(userFolder, { recursive: true, force: true });
	}, 60_000);

	test('offers every node under its own name', () => {
		const names = ours.map(({ name }) => name.slice(manifest.name.length + 1));
		expect(names).toEqual(expect.arrayContaining(manifest.n8n.nodes.map(typeName)));
	});

	test('offers every credential type, and no node asks for another', () => {
		const names = credentialTypes.map(({ name }) => name);
		expect(names).toEqual(expect.arrayContaining(manifest.n8n.credentials.map(typeName)));
		const asked = ours.flatMap(({ credentials = [] }) => credentials.map(({ name }) => name));
		expect(manifest.n8n.credentials.map(typeName)).toEqual(expect.arrayContaining(asked));
	});

	test('shows a picture for every node, in the light and the dark editor', async () => {
		const urls = new Set(ours.flatMap(({ name, iconUrl }) => (typeof iconUrl === 'object' ? Object.values(iconUrl) : [iconUrl ?? `${name} has no icon`])));
		for (const icon of urls) {
			const answer = await axios.get<string>(`${url}/${icon}`, { timeout: 30_000, proxy: false, validateStatus: () => true });
			expect([icon, answer.status, answer.headers['content-type']]).toEqual([icon, 200, expect.stringContaining('image/svg')]);
		}
	});

	test('loads without a complaint', () => {
		const complaints = n8n?.logText().split('\n').filter((line) => line.includes(manifest.name));
		expect(complaints).toEqual([]);
	});
});
