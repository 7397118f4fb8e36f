import { type StoreTarget } from '../../../lib';
import { runOn } from '../../store/damage';
import { STORE_KINDS } from '../store-kinds';
import { Desk, run } from './command';

const desk = new Desk();
afterAll(() => desk.clear());

const PEOPLE = 'id,name,email\n1,Ann Smith,ann@acme.io\n2,Bo Jones,bo@initech.io\n3,Ann Smith,ann@acme.io\n';

function placeOf(target: StoreTarget): string {
	if ('file' in target) return target.file;
	const url = new URL(target.url);
	url.searchParams.set('schema', target.schema ?? 'customer360');
	return url.href;
}

describe.each(STORE_KINDS)('a store with damaged texts ($name)', ({ name, temporary }) => {
	const newTarget = temporary();

	async function damaged(...statements: string[]): Promise<string> {
		const target = await newTarget();
		await run('ingest', desk.write('people.csv', PEOPLE), '--no-train', '--store', placeOf(target));
		await runOn(target, ...statements);
		return placeOf(target);
	}

	it('check lists what is damaged and what it could not check, says how to go back to a backup, and ends with 1', async () => {
		const store = await damaged(`UPDATE @record_contents SET content = '{"attributes":{"email":"ann' WHERE no = 1`, "UPDATE @goldens SET golden = 'null' WHERE name = 'Bo Jones'");
		const { code, out, err } = await run('check', '--store', store);
		expect([code, out.split('\n')]).toEqual([1, [
			'what is stored can be read: the content of record people:person:1 is damaged',
			expect.stringMatching(/^what is stored can be read: the golden record of profile per_\w+ is damaged$/),
			'everything is checked: 2 records and 2 profiles could not be checked as a whole: what is damaged stands in the way',
			'',
		]]);
		expect(err).toContain('3 problems in 3 records and 2 profiles.');
		expect(err).toMatch(name === 'PostgreSQL' ? /The tables are damaged\. To go back to a backup, .*"pg_restore"/ : /The file is damaged\. To go back to a backup, stop n8n/);
		expect(out + err).not.toMatch(/ann|JSON/);
	});

	const commands: [string, (store: string) => string[]][] = [
		['explain', (store) => ['explain', '1', '3', '--store', store]],
		['ingest', (store) => ['ingest', desk.write('newer.csv', 'id,name,email\n1,Ann Smith,ann@acme.io\n'), '--store', store]],
	];
	const texts: [string, string][] = [
		['is no JSON', '{'],
		['is JSON of another shape', '{"attributes":{"email":{}},"identifiers":[],"consent":[],"links":[]}'],
	];
	it.each(commands.flatMap(([command, args]) => texts.map(([what, text]) => [command, what, args, text] as const)))(
		'%s says which record it is whose content %s, and what to do, and ends with 2',
		async (_command, _what, args, text) => {
			const { code, err } = await run(...args(await damaged(`UPDATE @record_contents SET content = '${text}' WHERE no = 1`)));
			expect([code, err]).toEqual([2, expect.stringContaining(`customer360: The identity store is damaged: the content of record people:person:1 can't be read. Run "customer360 check" on the store`)]);
			expect(err).not.toMatch(/should not have happened|JSON| at /);
		},
	);
});
