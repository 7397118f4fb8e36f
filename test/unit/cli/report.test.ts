import { existsSync } from 'node:fs';
import { stringify } from 'csv-stringify/sync';
import { defaultModel as shippedModel, type Evidence, openStore, refKey, type StoredRecord } from '../../../lib';
import type { Summary } from '../../../cli/resolve/summary';
import { clustersIn, Desk, groupsIn, run } from './command';

const desk = new Desk();
afterAll(() => desk.clear());

const GIVEN = ['Ann', 'Bob', 'Carla', 'Dmitri', 'Esther', 'Farid', 'Greta', 'Hugo'];
const FAMILY = ['Abernathy', 'Boateng', 'Castellanos', 'Drummond', 'Eriksen', 'Fitzgerald'];

/** Two that look like one, and one that looks like two. */
const MISLABELLED = [
	['p1', 'p', 'Zoe', 'Quill', '1990-01-01', 'zoe@quill-mail.com', 'Lisbon'],
	['q1', 'q', 'Zoe', 'Quill', '1990-01-01', 'zoe@quill-mail.com', 'Lisbon'],
	['r1', 'r', 'Ivan', 'Ostrov', '1971-11-30', 'ivan@ostrov-mail.com', 'Porto'],
	['r2', 'r', 'Wilhelmina', 'Ekdahl', '1944-06-02', 'we@ekdahl-mail.com', 'Faro'],
];

/** People of whom each second is there twice, with a typing error; two that are labelled wrongly, and some rows that can't be used. */
function people(): string {
	const rows = GIVEN.flatMap((given, x) =>
		FAMILY.flatMap((family, y) => {
			const id = `${x}${y}`;
			const row = [given, family, `19${60 + x}-0${y + 1}-1${y}`, `${given}.${family}@mail-${id}.com`.toLowerCase(), 'Lisbon'];
			const again = [given, `${family.slice(0, -2)}${family.at(-1) ?? ''}${family.at(-2) ?? ''}`, row[2], y % 3 === 0 ? row[3] : '', 'Lisboa'];
			return [[id, id, ...row], ...((x + y) % 2 === 0 ? [[`${id}b`, id, ...again]] : [])];
		}),
	);
	return stringify([['id', 'cluster', 'first_name', 'last_name', 'birth_date', 'email', 'city'], ...rows, ...MISLABELLED, ['x1', 'x1', 'Nobody', '', '', '', ''], ['x2', 'x2', '', '', '', 'no at sign', '']]);
}

interface Reported {
	html: string;
	err: string;
	summary: Summary;
	records: StoredRecord[];
	evidence: Evidence[];
}

async function report(content: string, ...more: string[]): Promise<Reported> {
	const file = desk.write('people.csv', content);
	const store = desk.path(`store-${Math.random()}.sqlite`);
	const { code, err } = await run('resolve', file, '--report', desk.path('report.html'), '--json', desk.path('figures.json'), '--out', desk.path('out.csv'), '--store', store, ...more);
	expect([code, err]).toEqual([0, expect.stringContaining(`The report is in ${desk.path('report.html')}`)]);
	const opened = await openStore({ file: store });
	try {
		const [records, evidence] = await opened.read(async (tx) => [await tx.records.scan(0, 100_000), await tx.evidence.scan(null, 100_000)] as const);
		return { html: desk.read('report.html'), err, summary: JSON.parse(desk.read('figures.json')) as Summary, records, evidence };
	} finally {
		await opened.close();
	}
}

const number = (text: string | undefined) => Number((text ?? 'none').replaceAll(',', ''));
const tile = (html: string, label: string) => number(new RegExp(`<b>([\\d,.]+)</b><span>${label}<`).exec(html)?.[1]);
const section = (html: string, id: string) => new RegExp(`<section id="${id}">[^]*?</section>`).exec(html)?.[0] ?? '';
const texts = (html: string) => html.replace(/<[^>]*>/g, '\n').replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));
const pairsIn = (html: string) => [...html.matchAll(/<div class="pair">[^]*?<\/svg>/g)].map(([pair]) => pair);
const refsIn = (pair: string) => [...pair.matchAll(/<th><bdi>([^<]*)<\/bdi>/g)].map(([, ref = '']) => ref);
/** Who a row of {@link people} is, from its ID. */
const customerOf = (id: string) => (/^\d/.test(id) ? id.replace('b', '') : id.charAt(0));
const firstCount = (text: string, before: string) => number(new RegExp(`([\\d,]+) ${before}`).exec(text)?.[1]);

describe('a report', () => {
	let made: Reported;
	beforeAll(async () => {
		made = await report(people(), '--map', 'cluster=-', '--truth', desk.write('truth.csv', people()));
	});

	it('has the counts of the summary', () => {
		const { html, summary } = made;
		const figures = { rows: tile(html, 'rows read'), records: tile(html, 'records'), profiles: tile(html, 'profiles'), merged: tile(html, 'merged'), review: tile(html, 'for review'), rejected: tile(html, 'rejected') };
		expect(summary).toMatchObject(figures);
		expect(summary.merged).toBeGreaterThan(0);
		expect(summary.rejected).toBeGreaterThan(0);
		for (const { reason } of summary.reasons) expect(texts(section(html, 'rejected'))).toContain(reason);
	});

	it('has the figures of the truth', () => {
		const { html, summary: { truth } } = made;
		expect(truth?.truePairs).toBeGreaterThan(0);
		expect({ precision: tile(html, 'precision'), recall: tile(html, 'recall'), f1: tile(html, 'F1') }).toEqual({
			precision: Number(truth?.precision.toFixed(4)),
			recall: Number(truth?.recall.toFixed(4)),
			f1: Number(truth?.f1.toFixed(4)),
		});
		const said = texts(section(html, 'truth'));
		expect(said).toContain(truth?.bCubed.f1.toFixed(4));
		expect(said).toContain(`Of ${truth?.truePairs} true pairs ${truth?.correctPairs} were found`);
	});

	it('shows examples of what is wrong, as the truth has it, and why', () => {
		const clusters = clustersIn(desk.read('out.csv')).filter(({ canonical_id }) => !canonical_id.startsWith('rejected'));
		const profileOf = new Map(clusters.map(({ source_id, canonical_id }) => [source_id, canonical_id]));
		const wrong = { joined: 0, missed: 0 };
		for (const pair of pairsIn(section(made.html, 'mistakes'))) {
			const [left = '', right = ''] = refsIn(pair).map((ref) => ref.split(':').at(-1) ?? '');
			const kind = profileOf.get(left) === profileOf.get(right) ? 'joined' : 'missed';
			expect(customerOf(left) === customerOf(right)).toBe(kind === 'missed');
			expect(texts(pair)).toMatch(kind === 'joined' ? /wrongly joined\s+These two records are one profile/ : /missed\s+These two records are two profiles/);
			wrong[kind] += 1;
		}
		const several = (by: (id: string) => string | undefined, other: (id: string) => string | undefined) => {
			const groups = new Map<string | undefined, Set<string | undefined>>();
			for (const { source_id } of clusters) groups.set(by(source_id), (groups.get(by(source_id)) ?? new Set()).add(other(source_id)));
			return [...groups.values()].filter(({ size }) => size > 1).length;
		};
		const all = { joined: several((id) => profileOf.get(id), customerOf), missed: several(customerOf, (id) => profileOf.get(id)) };
		expect(wrong).toEqual({ joined: Math.min(5, all.joined), missed: Math.min(5, all.missed) });
		expect(Math.min(wrong.joined, wrong.missed)).toBeGreaterThan(0);
	});

	it('counts each pair with evidence once, by what became of it, in a picture with both thresholds', () => {
		const { html, evidence, records } = made;
		const profileOf = new Map(records.map(({ no, profileNo }) => [no, profileNo]));
		const together = evidence.filter(({ a, b }) => profileOf.get(a) === profileOf.get(b)).length;
		const below = evidence.filter(({ a, b, outcome }) => profileOf.get(a) !== profileOf.get(b) && outcome === 'review').length;
		const weights = section(html, 'weights');
		expect(together).toBeGreaterThan(0);
		expect([firstCount(texts(weights), 'in one profile'), firstCount(texts(weights), 'below the match'), firstCount(texts(weights), 'kept apart')]).toEqual([together, below, evidence.length - together - below]);
		expect(weights).toMatch(/<svg[^]*stroke-dasharray[^]*review [^<]*<[^]*match [^<]*<[^]*<\/svg>/);
	});

	it('has the sizes of all clusters, and the largest with what they are known by', () => {
		const { html, summary } = made;
		const groups = groupsIn(desk.read('out.csv')).filter(([id]) => !id?.startsWith('x'));
		const several = groups.filter(({ length }) => length > 1);
		expect(texts(section(html, 'sizes'))).toContain(`${several.length} of ${summary.profiles} profiles`);
		expect(texts(section(html, 'sizes'))).toContain(`The largest has ${Math.max(...groups.map(({ length }) => length))}.`);
		const rows = [...section(html, 'largest').matchAll(/<td class="n">(\d+)<\/td>/g)].map(([, size]) => Number(size));
		expect(rows).toEqual(several.map(({ length }) => length).sort((x, y) => y - x).slice(0, 10));
		expect(texts(section(html, 'largest'))).toMatch(/\w+ Abernathy/);
	});

	it('says how complete each attribute is, from which column, and what was left out', () => {
		const { html, records } = made;
		const usable = (name: string) => records.filter(({ attributes }) => attributes[name]?.some(({ valid }) => valid)).length;
		const said = texts(section(html, 'completeness'));
		for (const [label, column, name] of [['Email', 'email', 'email'], ['First name', 'first_name', 'given_name'], ['City', 'city', 'city']] as const) {
			expect(said).toMatch(new RegExp(`${label}\\s+${column}\\s+${((usable(name) / records.length) * 100).toFixed(1).replace(/\.0$/, '')} %`));
		}
		expect(said).toMatch(/cluster\s+ignored/);
	});

	it('shows the pairs nearest to the threshold, both records with their weights', () => {
		const { html, evidence, records } = made;
		const byNo = new Map(records.map((record) => [record.no, refKey(record)]));
		const pairs = pairsIn(section(html, 'borderline'));
		expect(pairs.length).toBeGreaterThan(0);
		const known = new Set(evidence.map(({ a, b }) => `${byNo.get(a)} ${byNo.get(b)}`));
		for (const pair of pairs) {
			const [left = '', right = ''] = refsIn(pair);
			expect(known).toContain(`${left} ${right}`);
			const [one, other] = [left, right].map((ref) => customerOf(ref.split(':').at(-1) ?? ''));
			expect(texts(pair)).toContain(one === other ? 'really one' : 'really two');
			expect(pair).toMatch(/>Total<[^]*%\)</);
		}
	});

	it('names the model and what its levels are worth', () => {
		expect(texts(section(made.html, 'model'))).toMatch(/The weights are the shipped ones\.[^]*A pair matches from[^]*given name\s+exact/);
	});

	it('is one file that runs and loads nothing', () => {
		expect(made.html).toMatch(/^<!DOCTYPE html>[^]*default-src &?[^]*<\/html>\n$/);
		expect(made.html).not.toMatch(/<script|<link|<img|<iframe|@import|url\(| src=|href="(?!#)/i);
	});
});

describe('where the weights come from', () => {
	const said = async (...args: string[]) => {
		const { code } = await run('resolve', ...args, '--out', desk.path('out.csv'), '--report', desk.path('from.html'));
		expect(code).toBe(0);
		return texts(section(desk.read('from.html'), 'model'));
	};

	it('is told: a file', async () => {
		const file = desk.write('people.csv', people());
		const { matching } = shippedModel(['people']);
		const given = desk.write('model.json', JSON.stringify(matching));
		expect(await said(file, '--map', 'cluster=-', '--model', given)).toContain(`The weights come from ${given}.`);
	});

	it('is told: these rows, then the store', async () => {
		const rows = Array.from({ length: 600 }, (_, index) => `${index},p${index % 500}@acorn-mail.com`);
		const file = desk.write('many.csv', ['id,email', ...rows, ''].join('\n'));
		const store = desk.path('trained.sqlite');
		expect(await said(file, '--store', store, '--seed', '7')).toContain('The weights were fitted to these rows, without labels, seed 7.');
		expect(await said(file, '--store', store)).toContain('The weights are those that the store had.');
	});

	it('is told: the shipped ones, where there are rows enough and too few that differ', async () => {
		const rows = Array.from({ length: 600 }, (_, index) => `${index},p${index % 400}@acorn-mail.com`);
		expect(await said(desk.write('alike.csv', ['id,email', ...rows, ''].join('\n')))).toContain('The weights are the shipped ones.');
	});
});

it('shows values as text, whatever they are, and long ones cut', async () => {
	const nasty = ['<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', "'; } </style><b>", ']]><!--', '\u0007\u001b[31m\u0085x', '\u202eevil', 'long'.repeat(20_000), '&lt;b&gt;', '{{ 1 }}'];
	const rows = nasty.flatMap((value, index) => [0, 1].map((copy) => [`${index}-${copy}`, value, `Family ${value}`, `n${index}@acorn-mail.com`, value]));
	const { html } = await report(stringify([['id', 'first_name', 'last_name', 'email', '<u>city</u>'], ...rows], { quoted: true }), '--map', '<u>city</u>=city');
	expect(html).not.toMatch(/<script|<img|<u>|onerror=(?!alert\(1\)&)|\]\]>|<!--/);
	expect(html.match(/<\/style>/g)).toHaveLength(1);
	// A report is opened in terminals, too, and neither they nor browsers should obey what a customer wrote.
	expect([...html].filter((character) => character < ' ' && character !== '\n' && character !== '\t')).toEqual([]);
	expect(html).not.toContain('\u202e');
	expect(html.length).toBeLessThan(400_000);
	expect(texts(section(html, 'largest'))).toContain('<script>alert(1)</script>');
});

it('of a file without any match says so', async () => {
	const { html, summary } = await report('id,first_name,email\n1,Ann,ann@acme.io\n2,Bob,bob@initech.io\n');
	expect(summary.merged).toBe(0);
	expect(texts(html)).toContain('No pair of people has evidence.');
	expect(texts(html)).toContain('No profile has more than one record.');
	expect(texts(section(html, 'borderline'))).toContain('none is near the threshold');
});

it('tells when the store holds more than the files', async () => {
	const store = desk.path('kept.sqlite');
	const both = (name: string, id: number) => run('resolve', desk.write(name, `id,email\n${id},p${id}@acme.io\n`), '--store', store, '--report', desk.path('kept.html'));
	await both('first.csv', 1);
	expect(texts(desk.read('kept.html'))).not.toContain('The store holds');
	await both('second.csv', 2);
	expect(texts(desk.read('kept.html'))).toContain('The store holds 2 records in 2 profiles');
	expect(tile(desk.read('kept.html'), 'records')).toBe(1);
});

describe('the file for the report', () => {
	const file = () => desk.write('input.csv', 'id,email\n1,ann@acme.io\n');

	it.each([
		['in a folder that is not there', () => desk.path('no/where.html'), /cannot be written.*does not exist/],
		['that is a folder', () => desk.folder, /is a folder/],
	])('%s is refused before anything is done', async (_, path, message) => {
		const store = desk.path('untouched.sqlite');
		const { code, out, err } = await run('resolve', file(), '--report', path(), '--store', store);
		expect([code, out, err]).toEqual([2, '', expect.stringMatching(message)]);
		expect(existsSync(store)).toBe(false);
	});

	it.each(['--out', '--json', '--store', '--truth', '--model'])('that is the one of %s is refused', async (option) => {
		const { code, err } = await run('resolve', file(), option, desk.path('same'), '--report', desk.path('same'));
		expect([code, err]).toEqual([2, expect.stringMatching(/same is named as --\w+ and as --report\. Give --report another file/)]);
	});

	it('that is an input file is refused', async () => {
		const { code, err } = await run('resolve', file(), '--report', desk.path('input.csv'));
		expect([code, err]).toEqual([2, expect.stringMatching(/an input file and as --report/)]);
	});
});
