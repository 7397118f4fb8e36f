import { Desk, run } from './command';

const desk = new Desk();
afterAll(() => desk.clear());

test('a run says how long each step took and which was the slowest, also in its figures', async () => {
	const file = desk.write('people.csv', 'id,first_name,last_name,email\n1,Ann,Hill,ann@acorn-mail.com\n2,Ann,Hill,ann@acorn-mail.com\n3,Bob,Wood,bob@acorn-mail.com\n');
	const { code, err } = await run('resolve', file, '--out', desk.path('clusters.csv'), '--json', desk.path('figures.json'), '--store', desk.path('store.sqlite'));
	expect(code).toBe(0);
	const { steps, seconds } = JSON.parse(desk.read('figures.json')) as { steps: { step: string; seconds: number }[]; seconds: number };
	expect(steps.map(({ step }) => step)).toEqual(['read', 'train', 'normalize', 'write', 'keys', 'candidates', 'scoring', 'clustering', 'profiles', 'survivorship', 'output']);
	// Steps don't overlap.
	expect(steps.reduce((sum, step) => sum + step.seconds, 0)).toBeLessThanOrEqual(seconds + 0.1);
	const [slowest] = [...steps].sort((x, y) => y.seconds - x.seconds);
	expect(err).toContain(`slowest step: ${slowest?.step} (`);
});
