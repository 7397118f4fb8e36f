import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';
import { NodeConnectionTypes, type ICredentialType, type INodeProperties, type INodePropertyOptions, type INodeType, type INodeTypeDescription } from 'n8n-workflow';
import { packageName } from './additional-data';

const root = resolve(__dirname, '../..');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { n8n: { nodes: string[]; credentials: string[] } };

/** Loads a part of the n8n program that its package does not export. */
const inN8n = createRequire(require.resolve('n8n/package.json'));

/** The file behind an entry of the manifest, and an instance of the class that it exports under its own name. */
function load(listed: string, ending: string): { file: string; name: string; made: unknown } {
	const file = join(root, listed.replace(/^dist\//, '').replace(/\.js$/, '.ts'));
	const name = basename(file, ending);
	const found = jest.requireActual<Record<string, new () => unknown>>(file)[name];
	if (!found) throw new Error(`${file} exports no ${name}.`);
	return { file, name, made: new found() };
}

const NODES = manifest.n8n.nodes.map((listed) => {
	const { file, name, made } = load(listed, '.node.ts');
	const type = made as INodeType;
	return { file, name, type, description: type.description };
});
const CREDENTIALS = manifest.n8n.credentials.map((listed) => {
	const { made, ...found } = load(listed, '.credentials.ts');
	return { ...found, made: made as ICredentialType };
});

/** Everything that asks for something, with what stands inside of collections and options. */
function propertiesOf(properties: readonly INodeProperties[]): INodeProperties[] {
	return properties.flatMap((property) => [
		property,
		...(property.options ?? []).flatMap((option) => ('values' in option ? propertiesOf(option.values) : 'displayName' in option ? propertiesOf([option]) : [])),
	]);
}

const choicesOf = ({ options }: INodeProperties) => (options ?? []).filter((option): option is INodePropertyOptions => 'value' in option);

/** Texts that people read, with where each stands. */
function textsOf({ displayName, description, properties }: INodeTypeDescription): [string, string][] {
	const inside = propertiesOf(properties).flatMap((property): [string, string | undefined][] => [
		[`${property.name}, label`, property.displayName],
		[`${property.name}, description`, property.description],
		...choicesOf(property).flatMap((option): [string, string | undefined][] => [
			[`${property.name}, choice`, option.name],
			[`${property.name}, ${option.name}`, option.description],
		]),
	]);
	return [['display name', displayName], ['description', description], ...inside].filter((entry): entry is [string, string] => entry[1] !== undefined);
}

const isTrigger = ({ group }: INodeTypeDescription) => group.includes('trigger');

test('the package lists every node and credential that it has', () => {
	const files = (folder: string, ending: string) =>
		readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith(ending)).map((file) => join(root, folder, file)).sort();
	expect(NODES.map(({ file }) => file).sort()).toEqual(files('nodes', '.node.ts'));
	expect(CREDENTIALS.map(({ file }) => file).sort()).toEqual(files('credentials', '.credentials.ts'));
});

describe.each(NODES)('$name', ({ file, name, type, description }) => {
	test('has a picture for light and dark and a line below its name', () => {
		const { light, dark } = description.icon as { light: string; dark: string };
		for (const icon of [light, dark]) expect([icon, existsSync(join(dirname(file), icon.replace(/^file:/, '')))]).toEqual([icon, true]);
		expect(light).not.toBe(dark);
		expect(description.subtitle).toMatch(/\S/);
	});

	test('names each output, and the last names are not longer than the canvas shows', () => {
		const { outputs, outputNames } = description;
		if (outputs.length > 1) expect(outputNames).toHaveLength(outputs.length);
		for (const outputName of outputNames ?? []) expect(outputName).toMatch(/^[A-Z][a-z]{2,12}$/);
	});

	test('calls the store a field that may stay empty', () => {
		const stores = (description.credentials ?? []).filter((credential) => credential.name === 'customer360StoreApi');
		for (const store of stores) expect(store).toMatchObject({ displayName: 'Identity Store (Optional)', required: false });
	});

	test('fills a drop-down anew when what it depends on is chosen anew', () => {
		const names = new Set(description.properties.map((property) => property.name));
		const fields = propertiesOf(description.properties).filter(({ typeOptions }) => typeOptions?.loadOptionsMethod === 'loadFields');
		expect(fields).toHaveLength(description.group.includes('output') ? 1 : 0);
		const asked = ['object', 'audience'].filter((property) => names.has(property));
		for (const { typeOptions } of fields) expect(typeOptions?.loadOptionsDependsOn).toEqual(asked);
	});

	test('asks only for credentials that the package has', () => {
		const known = new Map(CREDENTIALS.map(({ made }) => [made.name, made]));
		expect((description.credentials ?? []).filter((credential) => !known.has(credential.name))).toEqual([]);
		for (const { testedBy } of description.credentials ?? []) if (typeof testedBy === 'string') expect(type.methods?.credentialTest).toHaveProperty(testedBy);
	});

	test('is found by its codex file', () => {
		const codex = JSON.parse(readFileSync(join(dirname(file), `${name}.node.json`), 'utf8')) as { node: string; alias: string[]; categories: string[] };
		expect(codex.node).toBe(`${packageName}.${description.name}`);
		expect(codex.alias.length).toBeGreaterThan(0);
		expect(codex.categories.length).toBeGreaterThan(0);
	});

	test('has texts that read well', () => {
		const untidy = textsOf(description).filter(([, text]) => text !== text.trim() || /\s{2}|undefined|\[object|TODO|[—–;:,]$|\.\.$/.test(text) || !/^["\p{Lu}\p{N}]/u.test(text));
		expect(untidy).toEqual([]);
		// n8n's style: a full stop only where there are several sentences.
		const stops = textsOf(description).filter(([where, text]) => where.includes('description') && text.endsWith('.') !== /[.!?] [A-Z<]/.test(text));
		expect(stops).toEqual([]);
		for (const property of propertiesOf(description.properties)) if (property.type === 'boolean') expect(property.description).toMatch(/^Whether /);
	});

	test('has long lists in order of the alphabet, and defaults that exist', () => {
		for (const property of propertiesOf(description.properties)) {
			const choices = choicesOf(property);
			const values = choices.map(({ value }) => value);
			expect([property.name, values.filter((value, index) => values.indexOf(value) !== index)]).toEqual([property.name, []]);
			const mustBeChosen = property.required === true && property.default === '';
			if (property.type === 'options' && choices.length > 0 && !mustBeChosen) expect([property.name, values]).toEqual([property.name, expect.arrayContaining([property.default])]);
			if (choices.length < 5) continue;
			const names = choices.map((choice) => choice.name);
			expect([property.name, names]).toEqual([property.name, [...names].sort((x, y) => x.localeCompare(y))]);
		}
	});

	test('has a method behind each drop-down of the live system', () => {
		for (const { name: property, typeOptions } of propertiesOf(description.properties)) {
			if (typeOptions?.loadOptionsMethod) expect([property, Object.keys(type.methods?.loadOptions ?? {})]).toEqual([property, expect.arrayContaining([typeOptions.loadOptionsMethod])]);
		}
	});

	test('is a trigger without input, or a node that an AI agent may use', () => {
		if (isTrigger(description)) expect(description).toMatchObject({ inputs: [], polling: true, displayName: expect.stringMatching(/Trigger$/), name: expect.stringMatching(/Trigger$/) });
		else expect(description).toMatchObject({ usableAsTool: true, inputs: ['main'] });
		expect(typeof (isTrigger(description) ? type.poll : type.execute)).toBe('function');
	});
});

test.each(NODES.filter(({ description }) => description.usableAsTool))('$name becomes a tool that tells an AI agent what it does', ({ description }) => {
	const { convertNodeToAiTool } = inN8n('n8n/dist/tool-generation/ai-tools') as { convertNodeToAiTool(node: { description: INodeTypeDescription }): { description: INodeTypeDescription } };
	const tool = convertNodeToAiTool({ description: structuredClone(description) }).description;
	expect(tool).toMatchObject({ name: `${description.name}Tool`, inputs: [], outputs: [NodeConnectionTypes.AiTool] });
	expect(tool.description.length).toBeGreaterThan(30);
	const operations = tool.properties.find(({ name }) => name === 'operation');
	for (const option of operations?.options ?? []) expect(option).toMatchObject({ action: expect.stringMatching(/^\w/), description: expect.stringMatching(/^\w{3,}/) });
});

describe.each(CREDENTIALS)('credential $name', ({ file, made }) => {
	test('can be tested', () => {
		const testedByNode = NODES.some(({ description }) => description.credentials?.some(({ name, testedBy }) => name === made.name && testedBy !== undefined));
		expect(made.test !== undefined || testedByNode).toBe(true);
		if (made.test) expect(made.authenticate).toBeDefined();
	});

	test('hides what is secret and says what each field is for', () => {
		for (const property of made.properties) {
			expect([property.name, property.typeOptions?.password === true]).toEqual([property.name, /token|key|secret|password/i.test(property.name)]);
			expect([property.name, property.displayName.length + (property.description ?? '').length > 12]).toEqual([property.name, true]);
		}
	});

	test('has a picture for light and dark', () => {
		const { light, dark } = made.icon as { light: string; dark: string };
		for (const icon of [light, dark]) expect([icon, existsSync(join(dirname(file), icon.replace(/^file:/, '')))]).toEqual([icon, true]);
	});
});
