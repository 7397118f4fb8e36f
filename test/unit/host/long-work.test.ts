import { LongWork } from '../../../lib';

/** Work whose lines are kept, and a clock that is set by hand. */
function work() {
	const seen = { lines: [] as string[], now: 1_000_000 };
	const long = new LongWork((line) => seen.lines.push(line), () => seen.now);
	return { seen, long };
}

test('of work that takes long is told now and then how far it is, how fast and how long it will take, and in the end what it came to', () => {
	const { seen, long } = work();
	for (let done = 1000; done <= 30_000; done += 1000) {
		seen.now += 1000;
		long.at('Matching', done, 40_000);
	}
	expect(seen.lines).toEqual([
		'Matching: 10,000 of 40,000 records, 1,000 a second, 30 s left',
		'Matching: 20,000 of 40,000 records, 1,000 a second, 20 s left',
		'Matching: 30,000 of 40,000 records, 1,000 a second, 10 s left',
	]);
	expect(long.end()).toEqual(['Matching: 30,000 records in 30 s, 1,000 a second']);
});

test('nothing is said of short work, however much it does', () => {
	const { seen, long } = work();
	for (let step = 1; step < 10; step += 1) {
		seen.now += 1000;
		long.at(`Step ${step}`, 1_000_000);
	}
	expect([seen.lines, long.end()]).toEqual([[], []]);
});

test('each step has its own count and time; one that took no time is left out, and one that counts nothing has the time until the next', () => {
	const { seen, long } = work();
	seen.now += 4000;
	long.at('Reading', 8000);
	long.atOnce('Fitting', 6000);
	seen.now += 60_000;
	const hear = long.hearing('Trying', 5000);
	hear({ step: 'copying', done: 1000 });
	seen.now += 500;
	hear({ step: 'copying', done: 5000 });
	seen.now += 2000;
	hear({ step: 'comparing', done: 1000 });
	seen.now += 10_000;
	hear({ step: 'building', done: 500, total: 1000 });
	expect(seen.lines).toEqual(['Trying, comparing: 1,000 of 5,000 records, 500 a second, 8 s left', 'Golden records: 500 of 1,000 profiles, 50 a second, 10 s left']);
	expect(long.end()).toEqual([
		'Reading: 8,000 records in 4 s, 2,000 a second',
		'Fitting: 6,000 records in 1 min 0 s, 100 a second',
		'Trying, comparing: 1,000 records in 2 s, 500 a second',
		'Golden records: 500 profiles in 10 s, 50 a second',
	]);
});
