import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { repositoryRoot } from '../n8n/install';

interface Service {
	environment: Record<string, string>;
	/** What is started in the container to see whether it is well. */
	healthcheck: string[];
}

interface Document {
	services: Record<string, { environment: Record<string, string>; healthcheck: { test: string[] } }>;
}

/**
 * A service of compose.yaml with its variables filled in as Docker Compose fills them: `${NAME:?message}` and `${NAME:-default}`.
 * @param given what stands in `.env`
 */
export function composeService(name: string, given: Readonly<Record<string, string>>): Service {
	const { services } = parse(readFileSync(join(repositoryRoot, 'compose.yaml'), 'utf8'), { merge: true }) as Document;
	const service = services[name];
	if (!service) throw new Error(`compose.yaml has no service ${name}`);
	const filled = (text: string) =>
		text.replace(/\$\{(\w+):([-?])([^}]*)\}/g, (_, variable: string, sign: string, rest: string) => {
			const value = given[variable] || (sign === '-' ? rest : undefined);
			if (value === undefined) throw new Error(`${variable} is missing: ${rest}`);
			return value;
		});
	return {
		environment: Object.fromEntries(Object.entries(service.environment).map(([key, value]) => [key, filled(value)])),
		healthcheck: service.healthcheck.test.map(filled),
	};
}
