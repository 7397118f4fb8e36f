import base from './jest.config.mjs';

/** Tests of n8n's queue mode: several processes, a real Redis, a real PostgreSQL and a real PgBouncer. `npm run test:queue` runs them. */
export default {
	...base,
	roots: ['<rootDir>/test/queue'],
	testPathIgnorePatterns: ['/node_modules/'],
	reporters: ['default'],
	maxWorkers: 1,
};
