import n8nNodes from '@n8n/eslint-plugin-community-nodes';
import boundaries from 'eslint-plugin-boundaries';
import tseslint from 'typescript-eslint';

/** Who may import whom below the repository's root; ARCHITECTURE.md has the same table with its reasons. */
const allowed = {
	domain: [],
	transport: ['domain'],
	'system-definition': ['domain', 'transport'],
	// A vendor knows itself and no other vendor.
	vendor: ['domain', 'transport', 'system-definition', ['vendor', { system: '${from.system}' }]],
	systems: ['domain', 'transport', 'system-definition', 'vendor'],
	normalize: ['domain'],
	match: ['domain', 'normalize'],
	merge: ['domain'],
	store: ['domain', 'store-engine'],
	'store-engine': ['domain', 'store'],
	insight: ['domain', 'store'],
	activate: ['domain', 'store', 'system-definition', 'transport'],
	sources: ['domain', 'store', 'system-definition', 'transport', 'normalize', 'identity'],
	identity: ['domain', 'normalize', 'match', 'merge', 'insight', 'store'],
	host: ['domain', 'transport', 'system-definition', 'systems', 'normalize', 'store', 'store-engine', 'activate', 'sources', 'identity'],
	lib: ['domain', 'transport', 'system-definition', 'systems', 'normalize', 'match', 'merge', 'store', 'insight', 'activate', 'sources', 'identity', 'host'],
	nodes: ['lib'],
	credentials: [],
	cli: ['lib'],
};

/** An element is a folder, or one file of it; the first that fits counts. */
const elements = [
	{ type: 'system-definition', pattern: 'lib/systems/definition.ts', mode: 'full' },
	{ type: 'systems', pattern: 'lib/systems/*.ts', mode: 'full' },
	{ type: 'vendor', pattern: 'lib/systems/*/**', mode: 'full', capture: ['system'] },
	{ type: 'store-engine', pattern: 'lib/store/(sqlite|postgres)/**', mode: 'full' },
	...['domain', 'transport', 'normalize', 'match', 'merge', 'store', 'insight', 'activate', 'sources', 'identity', 'host'].map((type) => ({
		type,
		pattern: `lib/${type}/**`,
		mode: 'full',
	})),
	{ type: 'lib', pattern: 'lib/index.ts', mode: 'full' },
	...['nodes', 'credentials', 'cli', 'test', 'scripts', 'workflows'].map((type) => ({ type, pattern: `${type}/**`, mode: 'full' })),
];

const io = ['node:fs', 'node:fs/*', 'node:net', 'node:http', 'node:https', 'node:child_process', 'node:worker_threads', 'node:sqlite', 'axios', 'axios-*', 'pg'];
const pure = 'No I/O here: what this folder needs is handed in.';

/** Tests that don't run hide what is broken. */
const noSkippedTests = ['describe', 'it', 'test'].flatMap((name) =>
	['skip', 'only', 'todo'].map((how) => ({
		selector: `MemberExpression[object.name='${name}'][property.name='${how}']`,
		message: `${name}.${how} keeps tests from running.`,
	})),
);

export default tseslint.config(
	{ ignores: ['dist/', 'node_modules/', 'coverage/', '.demo/', '.cache/'] },
	{ linterOptions: { noInlineConfig: true } },
	{
		files: ['**/*.ts'],
		extends: [tseslint.configs.strictTypeChecked],
		languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
		rules: {
			'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
			'@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
			'@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
			'@typescript-eslint/no-confusing-void-expression': 'off',
			'@typescript-eslint/require-await': 'off',
			'@typescript-eslint/return-await': ['error', 'error-handling-correctness-only'],
			'@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', destructuredArrayIgnorePattern: '^_', ignoreRestSiblings: true }],
			'@typescript-eslint/no-misused-spread': ['error', { allow: ['string'] }],
			'@typescript-eslint/no-non-null-assertion': 'error',
			'@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
		},
	},
	{
		// Tables of data are as long as they are.
		files: ['**/data/**/*.ts', '**/*.data.ts'],
		rules: { 'max-lines': 'off' },
	},
	{
		files: ['**/*.ts'],
		plugins: { boundaries },
		settings: {
			'boundaries/elements': elements,
			'boundaries/include': ['lib/**', 'nodes/**', 'credentials/**', 'cli/**'],
			'import/resolver': { node: { extensions: ['.ts', '.js', '.json'] } },
		},
		rules: {
			'boundaries/element-types': [
				'error',
				{
					default: 'disallow',
					message: '${file.type} may not import ${dependency.type}; the table is in ARCHITECTURE.md',
					rules: Object.entries(allowed).map(([from, allow]) => ({ from, allow: from === 'vendor' ? allow : [...allow, from] })),
				},
			],
			'boundaries/no-unknown': 'error',
			'boundaries/no-unknown-files': 'error',
		},
	},
	{
		files: ['lib/domain/**', 'lib/normalize/**', 'lib/match/**', 'lib/merge/**'],
		rules: { 'no-restricted-imports': ['error', { patterns: [{ group: io, message: pure }] }] },
	},
	{
		files: ['lib/**', 'nodes/**', 'cli/**'],
		ignores: ['lib/transport/**', 'lib/domain/**', 'lib/normalize/**', 'lib/match/**', 'lib/merge/**'],
		rules: { 'no-restricted-imports': ['error', { patterns: [{ group: ['axios', 'axios-*', 'bottleneck'], message: 'HTTP goes through lib/transport.' }] }] },
	},
	{
		files: ['test/**/*.ts'],
		rules: {
			'max-lines': ['error', { max: 500, skipBlankLines: true, skipComments: true }],
			'no-restricted-syntax': ['error', ...noSkippedTests],
			'@typescript-eslint/no-non-null-assertion': 'off',
			'@typescript-eslint/unbound-method': 'off',
			// Matchers such as expect.any() are typed so.
			'@typescript-eslint/no-unsafe-assignment': 'off',
			'@typescript-eslint/no-unsafe-member-access': 'off',
			'@typescript-eslint/no-base-to-string': 'off',
		},
	},
	{
		files: ['nodes/**/*.ts', 'credentials/**/*.ts'],
		...n8nNodes.configs.recommendedWithoutN8nCloudSupport,
	},
	{
		files: ['package.json'],
		...n8nNodes.configs.recommendedWithoutN8nCloudSupport,
		languageOptions: { parser: tseslint.parser, parserOptions: { extraFileExtensions: ['.json'] } },
		rules: {
			...n8nNodes.configs.recommendedWithoutN8nCloudSupport.rules,
			// Only the root package's overrides count for npm; ours are for n8n as a development dependency.
			'@n8n/community-nodes/no-overrides-field': 'off',
		},
	},
);
