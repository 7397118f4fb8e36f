import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { repositoryRoot } from '../n8n/install';

interface Mount {
	type: string;
	source: string;
	target: string;
	read_only: boolean;
	bind: { create_host_path: boolean };
}

interface Service {
	image: string;
	command?: string | string[];
	environment?: Record<string, string>;
	depends_on?: Record<string, { condition: string }>;
	volumes?: (string | Mount)[];
	healthcheck?: { test: string[] };
	deploy?: { replicas: string };
	ports?: string[];
}

interface Manifest {
	name: string;
	version: string;
	devDependencies: Record<string, string>;
}

const text = (file: string) => readFileSync(join(repositoryRoot, file), 'utf8');
const compose = parse(text('compose.yaml'), { merge: true }) as { services: Record<string, Service>; volumes: Record<string, null> };
const manifest = JSON.parse(text('package.json')) as Manifest;
const n8ns = Object.entries(compose.services).filter(([, { image }]) => image.includes('n8nio/n8n'));

/** As the short form has it: `source:target`. */
function nameOf(volume: string | Mount): string {
	return typeof volume === 'string' ? volume : `${volume.source}:${volume.target}`;
}

/** Names that n8n's own code reads from the environment. */
function namesThatN8nReads(): Set<string> {
	const names = new Set<string>();
	for (const folder of ['@n8n/config/dist', 'n8n/dist', 'n8n-core/dist']) {
		for (const file of readdirSync(join(repositoryRoot, 'node_modules', folder), { recursive: true, encoding: 'utf8' })) {
			if (!file.endsWith('.js') || file.includes('breaking-changes')) continue;
			const source = text(join('node_modules', folder, file));
			for (const [, name = ''] of source.matchAll(/(?:Env\)?\(\s*'|process\.env\.|process\.env\[')([A-Z][A-Z0-9_]+)/g)) names.add(name);
		}
	}
	return names;
}

describe('compose.yaml', () => {
	test('main and workers are the n8n that the package is tested with', () => {
		expect(n8ns.map(([name, { image }]) => [name, image.split(':').at(-1)])).toEqual([
			['main', manifest.devDependencies.n8n],
			['worker', manifest.devDependencies.n8n],
		]);
	});

	test('every setting of n8n in it is one that n8n reads', () => {
		const known = namesThatN8nReads();
		const given = n8ns.flatMap(([, { environment = {} }]) => Object.keys(environment));
		expect(given).toContain('EXECUTIONS_MODE');
		expect(given.filter((name) => !known.has(name))).toEqual([]);
	});

	test('main and workers differ in nothing but the health check', () => {
		const [main = {}, worker = {}] = n8ns.map(([, { environment }]) => environment);
		const { QUEUE_HEALTH_CHECK_ACTIVE, ...shared } = worker;
		expect(QUEUE_HEALTH_CHECK_ACTIVE).toBe('true');
		expect(shared).toEqual(main);
	});

	test('main and workers load the package from one volume, which is filled before they start', () => {
		const mounted = n8ns.map(([, { volumes = [] }]) => volumes.map(nameOf).filter((volume) => volume.endsWith(':/home/node/.n8n/nodes')));
		expect(mounted).toEqual([['nodes:/home/node/.n8n/nodes'], ['nodes:/home/node/.n8n/nodes']]);
		for (const [, { depends_on }] of n8ns) expect(depends_on).toMatchObject({ package: { condition: 'service_completed_successfully' } });
		const { volumes = [], command } = compose.services.package ?? {};
		const source = `\${CUSTOMER360_PACKAGE:-./${manifest.name}-${manifest.version}.tgz}`;
		// A file that is missing is to be named, and no folder to be made in its place.
		expect(volumes).toContainEqual({ type: 'bind', source, target: '/package.tgz', read_only: true, bind: { create_host_path: false } });
		expect(String(command)).toContain(`/nodes/node_modules/${manifest.name}`);
	});

	test('everything that is waited for has a health check, and every volume is declared', () => {
		for (const { depends_on = {}, volumes = [] } of Object.values(compose.services)) {
			for (const [name, { condition }] of Object.entries(depends_on)) {
				if (condition === 'service_healthy') expect({ name, test: compose.services[name]?.healthcheck?.test }).toEqual({ name, test: expect.any(Array) });
			}
			const named = volumes.map((volume) => nameOf(volume).split(':')[0] ?? '').filter((name) => /^\w+$/.test(name));
			expect(Object.keys(compose.volumes)).toEqual(expect.arrayContaining(named));
		}
	});

	test('.env.example names every secret that must be given, and gives none; nothing but the editor is open, to this machine only', () => {
		const needed = new Set([...text('compose.yaml').matchAll(/\$\{(\w+):\?/g)].map(([, name]) => name));
		const example = new Map([...text('.env.example').matchAll(/^(\w+)=(.*)$/gm)].map(([, name = '', value = '']) => [name, value]));
		expect([...needed].map((name) => [name, example.get(name ?? '')])).toEqual([...needed].map((name) => [name, '']));
		const optional = new Set([...text('compose.yaml').matchAll(/\$\{(\w+):-/g)].map(([, name]) => name));
		expect([...example.keys()].filter((name) => !needed.has(name) && !optional.has(name))).toEqual([]);
		const open = Object.values(compose.services).flatMap(({ ports = [] }) => ports);
		expect(open).toEqual(['127.0.0.1:5678:5678']);
	});
});
