import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Says where this run's PostgreSQL server will be, should a test ask for one; the first that does starts it. */
export default function setup() {
	process.env.CUSTOMER360_TEST_POSTGRES_FOLDER = join(tmpdir(), `customer360-postgres-${process.pid}-${Date.now()}`);
	process.env.CUSTOMER360_TEST_RUN = String(process.pid);
}
