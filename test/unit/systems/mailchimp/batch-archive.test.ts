import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tarFiles } from '../../../../lib/systems/mailchimp/batch-archive';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'archive-'))));
afterEach(() => rmSync(folder, { recursive: true }));

const contents = { 'empty.json': '', 'small.json': '[1]', 'block.json': 'x'.repeat(512), 'large.json': 'ü'.repeat(100_000) };

test.each(['ustar', 'gnu', 'pax'])('an archive that tar writes in the form %s is read back', async (format) => {
	for (const [name, content] of Object.entries(contents)) writeFileSync(join(folder, name), content);
	const archive = execFileSync('tar', [`--format=${format}`, '-c', '-C', folder, '.'], { maxBuffer: 10_000_000 });
	const found = Object.fromEntries((await tarFiles(archive)).map((file) => [file.name.replace('./', ''), file.content.toString('utf8')]));
	expect(found).toEqual(contents);
});

test('an archive that is cut off is refused', async () => {
	writeFileSync(join(folder, 'large.json'), contents['large.json']);
	const archive = execFileSync('tar', ['-c', '-C', folder, 'large.json'], { maxBuffer: 10_000_000 });
	await expect(tarFiles(archive.subarray(0, 5_000))).rejects.toThrow('Unexpected end of data');
});
