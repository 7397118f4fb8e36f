import { Writable } from 'node:stream';
import { Progress } from '../../../cli/resolve/progress';
import { duration } from '../../../lib';

/** A terminal that keeps what was written, and a clock that is set by hand. */
function watched(isTTY: boolean) {
	const seen = { text: '', now: 1_000_000 };
	const stream = new Writable({
		write: (chunk: Buffer, _encoding, done) => {
			seen.text += chunk.toString();
			done();
		},
	});
	const progress = new Progress({ stdout: stream, stderr: Object.assign(stream, { isTTY }) }, 'Matching', 10_000, 'rows', () => seen.now);
	return { seen, progress };
}

test('a person who watches sees how many are done, of how many, how fast and how long it takes, in a line that goes away', () => {
	const { seen, progress } = watched(true);
	seen.now += 4000;
	progress.at(2500);
	expect(seen.text).toBe('\rMatching: 2,500 of 10,000 rows, 625 a second, 12 s left\u001b[K');
	seen.now += 12_000;
	progress.at(10_000);
	expect(seen.text).toContain('\rMatching: 10,000 of 10,000 rows, 625 a second\u001b[K');
	progress.end();
	expect(seen.text.endsWith('\r\u001b[K')).toBe(true);
	expect(seen.text).not.toContain('\n');
});

test('more than was counted at the beginning does not look like too much', () => {
	const { seen, progress } = watched(true);
	seen.now += 4000;
	progress.at(12_000);
	expect(seen.text).toContain('12,000 of 12,000 rows, 3,000 a second');
});

test('a log gets one line, at the end', () => {
	const { seen, progress } = watched(false);
	for (let rows = 1000; rows <= 10_000; rows += 1000) {
		seen.now += 20_000;
		progress.at(rows);
	}
	expect(seen.text).toBe('');
	progress.end();
	progress.end();
	expect(seen.text).toBe('Matching: 10,000 rows in 3 min 20 s, 50 a second\n');
});

test('a short run is not spoken of', () => {
	const [log, terminal] = [watched(false), watched(true)];
	for (const { seen, progress } of [log, terminal]) {
		seen.now += 100;
		progress.at(10_000);
		progress.end();
		expect(seen.text).toBe('');
	}
});

test.each([[0.2, '1 s'], [59.6, '1 min 0 s'], [3599, '59 min 59 s'], [7500, '2 h 5 min']])('%d seconds are %s', (seconds, words) => {
	expect(duration(seconds)).toBe(words);
});
