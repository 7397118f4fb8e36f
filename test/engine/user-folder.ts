import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * n8n's user folder for the tests of this process. Import this before n8n-core: it reads the setting when it is loaded, and
 * without it would write to the home directory of whoever runs the tests.
 */
export const userFolder = mkdtempSync(join(tmpdir(), 'customer360-engine-'));

process.env.N8N_USER_FOLDER = userFolder;
// What n8n would log of a node's error is in the result that the test looks at.
process.env.N8N_LOG_LEVEL = 'silent';
afterAll(() => rmSync(userFolder, { recursive: true, force: true }));
