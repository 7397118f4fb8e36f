import type { INodeParameters } from 'n8n-workflow';
import { runNode } from './harness';
import { HANNAH, profileDesk, recordsOf, ROBERT } from './profile-desk';
import { temporaryStore } from './temporary-store';
import type { IdentityModel } from '../../lib/domain';
import { Customer360Match } from '../../nodes/Customer360Match/Customer360Match.node';
import { Customer360Model } from '../../nodes/Customer360Model/Customer360Model.node';
import { Customer360Profile } from '../../nodes/Customer360Profile/Customer360Profile.node';

const { store, profile, byRecord } = profileDesk();

describe('Get', () => {
	test('by a record gives the whole profile: values with lineage, identifiers, records, metrics, segments, consent', async () => {
		const robert = await byRecord(ROBERT);
		expect(robert).toMatchObject({
			canonicalId: expect.stringMatching(/^per_/),
			entity: 'person',
			attributes: { given_name: { value: 'Robert', lineage: [expect.objectContaining({ rule: 'system_of_record', system: 'hubspot', sourceId: '1001' })] } },
			metrics: { lifetime_value: { value: expect.any(Number), reasons: ['4 paid invoices'] } },
			segments: [{ name: 'healthy', reason: expect.any(String) }],
			consent: { email_marketing: expect.objectContaining({ status: 'granted' }) },
		});
		expect(recordsOf(robert)).toEqual(expect.arrayContaining([ROBERT, expect.stringMatching(/^stripe:customer:/), expect.stringMatching(/^mailchimp:member:/)]));
	});

	test.each<[string, INodeParameters, string]>([
		['an email as it is written', { findBy: 'email', value: 'robert.miller.4821@gmail.com' }, ROBERT],
		['an email in capitals with blanks around', { findBy: 'email', value: '  Robert.Miller.4821@GMAIL.com ' }, ROBERT],
		['an email without the dots that Gmail ignores', { findBy: 'email', value: 'robertmiller4821@gmail.com' }, ROBERT],
		['an email that another system has', { findBy: 'email', value: 'h.brooks.1998@hotmail.co.uk' }, HANNAH],
		['a phone in the international form', { findBy: 'phone', value: '+1 (512) 642-8891' }, ROBERT],
		['a phone in the national form', { findBy: 'phone', value: '512.642.8891' }, ROBERT],
		['an identifier of another kind', { findBy: 'identifier', identifierKind: 'stripe_customer_id', value: 'cus_nicknameand001' }, ROBERT],
		['a record in a system', { findBy: 'record', record: 'zendesk:user:5004' }, HANNAH],
	])('by %s', async (_what, parameters, record) => {
		const { items } = await profile({ operation: 'get', ...parameters });
		expect(items.map(({ canonicalId }) => canonicalId)).toEqual([(await byRecord(record)).canonicalId]);
	});

	test.each<[string, INodeParameters, string]>([
		['an email that nobody has', { operation: 'get', findBy: 'email', value: 'unheard.of@larkmill.com' }, 'Nobody in the identity store has it.'],
		['an email that is none', { operation: 'get', findBy: 'email', value: 'hannah' }, 'What stands in "Value" is no email that tells who somebody is.'],
		['a phone that is none', { operation: 'get', findBy: 'phone', value: 'n/a' }, 'Nobody in the identity store has it. A number without a country code is taken for one of the identity model\'s country.'],
		['a record that is not there', { operation: 'get', findBy: 'record', record: 'HubSpot:Contact:1001' }, 'The identity store has no such record. System and object are written in small letters, as in hubspot:contact:42.'],
		['words that nobody has', { operation: 'search', text: 'zzz' }, 'No profile has all of these words, at their beginning, in name, email, phone, company or city.'],
	])('%s: nothing comes out, and the editor says why', async (_what, parameters, message) => {
		const { outputs, hints, error } = await runNode(Customer360Profile, { ...store, parameters });
		expect(error).toBeUndefined();
		expect(outputs).toEqual([[]]);
		expect(hints).toEqual([{ message, type: 'info', location: 'outputPane' }]);
	});

	test('of many items, it says for how many nothing came out', async () => {
		const items = ['unheard.of@larkmill.com', 'robert.miller.4821@gmail.com', 'never.seen@larkmill.com'].map((email) => ({ email }));
		const { outputs, hints } = await runNode(Customer360Profile, { ...store, items, parameters: { operation: 'get', findBy: 'email', value: '={{ $json.email }}' } });
		expect(outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 1 }]);
		expect(hints.map(({ message }) => message)).toEqual(['For 2 of 3 items: Nobody in the identity store has it.']);
	});

	test.each<[string, INodeParameters, RegExp]>([
		['a canonical ID', { operation: 'get', findBy: 'canonical_id', canonicalId: '={{ $json.none }}' }, /^"Canonical ID" is empty\. Give the canonical ID of a profile, as it stands in a c360_id field\.$/],
		['a canonical ID to merge with', { operation: 'merge', canonicalId: 'per_1', otherCanonicalId: '={{ $json.none }}' }, /^"Other Canonical ID" is empty\./],
		['a record', { operation: 'get', findBy: 'record', record: '={{ $json.none }}' }, /^"Record" is empty\. Give system, object and ID of a record, for example hubspot:contact:42\.$/],
		['a kind of identifier', { operation: 'get', findBy: 'identifier', identifierKind: '={{ $json.none }}', value: 'x' }, /^"Identifier Kind" is empty\. Give a kind of the identity model/],
		['a record to explain', { operation: 'explain', firstRecord: '={{ $json.none }}', secondRecord: ROBERT }, /^"First Record" is empty\. Give a record as system:object:ID, or the canonical ID of a profile\.$/],
	])('an expression that gives nothing for %s is an error that names the field', async (_what, parameters, message) => {
		expect((await profile(parameters)).error?.message).toMatch(message);
	});

	test('an identifier that two people share gives both', async () => {
		const { items } = await profile({ operation: 'get', findBy: 'email', value: 'holloway.home.66@outlook.com' });
		expect(items.map(({ attributes }) => (attributes as { given_name: { value: string } }).given_name.value).sort()).toEqual(['Grace', 'Owen']);
	});

	test('a person names its companies, and a company its people', async () => {
		const { items } = await profile({ operation: 'search', text: 'stonepath', entity: 'company', limit: 5 });
		const company = items.find(({ peopleTotal }) => Number(peopleTotal) > 0) as { canonicalId: string; people: { canonicalId: string; name: string }[]; peopleTotal: number };
		expect(company.people).toHaveLength(company.peopleTotal);
		for (const { canonicalId, name } of company.people) {
			const [person] = (await profile({ operation: 'get', findBy: 'canonical_id', canonicalId })).items;
			const { attributes, companies } = person as unknown as { attributes: Record<string, { value: string }>; companies: string[] };
			expect([name, companies]).toEqual([`${attributes.given_name?.value} ${attributes.family_name?.value}`, expect.arrayContaining([company.canonicalId])]);
		}
	});

	test.each<[string, INodeParameters]>([
		['an email that nobody has', { findBy: 'email', value: 'nobody.here@larkmill.com' }],
		['text that is no email', { findBy: 'email', value: 'ann at home' }],
		['a record that was never read', { findBy: 'record', record: 'hubspot:contact:999999' }],
	])('by %s gives no item and no error', async (_what, parameters) => {
		expect(await profile({ operation: 'get', ...parameters })).toEqual({ items: [], error: undefined });
	});

	test('by a canonical ID that was never issued is an error, for somebody copied it wrongly', async () => {
		const { error } = await profile({ operation: 'get', findBy: 'canonical_id', canonicalId: 'per_nonsense' });
		expect(error?.message).toBe('There is no profile per_nonsense. Copy the canonical ID from a profile or from a c360_id field.');
	});
});

describe('Search', () => {
	test.each<[string, INodeParameters, string[]]>([
		['beginnings of words, in any case', { text: 'ROB mill', entity: 'all' }, ['Robert']],
		['a city', { text: 'nashville', entity: 'person' }, ['John', 'John']],
		['words without their diacritics', { text: 'jurgen', entity: 'person' }, ['Jürgen']],
		['nothing that fits', { text: 'zzz qqq', entity: 'all' }, []],
	])('by %s', async (_what, parameters, names) => {
		const { items } = await profile({ operation: 'search', limit: 50, ...parameters });
		expect(items.map(({ attributes }) => (attributes as { given_name?: { value: string } }).given_name?.value)).toEqual(names);
	});

	test('keeps to the type and the limit', async () => {
		const companies = await profile({ operation: 'search', text: 'stonepath', entity: 'company', limit: 50 });
		expect(companies.items.map(({ entity }) => entity)).toEqual(['company', 'company']);
		expect((await profile({ operation: 'search', text: 'stonepath', entity: 'all', limit: 1 })).items).toHaveLength(1);
	});

	test.each<[string, INodeParameters, string]>([
		['a limit that is no number', { limit: '={{ "few" }}' }, '"Limit" is "few" and must be a whole number of at least 1.'],
		['a limit from a field that is not there', { limit: '={{ $json.limit }}' }, '"Limit" is "" and must be a whole number of at least 1.'],
		['a type that does not exist', { entity: '={{ "people" }}' }, '"Type" is "people" and must be "person" or "company" or "all".'],
	])('%s is an error, and not an answer that nobody was found', async (_what, parameters, message) => {
		const { error } = await profile({ operation: 'search', text: 'stonepath', entity: 'all', limit: 5, ...parameters });
		expect(error?.message).toBe(message);
	});

	test('without any text is an error', async () => {
		const { error } = await profile({ operation: 'search', text: '={{ "  " }}', entity: 'all', limit: 5 });
		expect(error?.message).toBe('"Text" is empty. Give at least the beginning of a name, email, phone, company or city.');
	});
});

describe('Timeline', () => {
	test('tells what happened, newest first, from every system, within the limit', async () => {
		const { canonicalId } = await byRecord(HANNAH);
		const { items } = await profile({ operation: 'timeline', canonicalId, limit: 50 });
		expect(items.map(({ at }) => at)).toEqual(items.map(({ at }) => at).sort().reverse());
		expect(items.map(({ what }) => what)).toEqual(
			expect.arrayContaining(['invoice failed', 'invoice paid', 'subscription past_due', 'ticket open', 'ticket solved', 'profile created', 'segment entered']),
		);
		expect((await profile({ operation: 'timeline', canonicalId, limit: 2 })).items).toEqual(items.slice(0, 2));
	});

	test('a limit below 1 is an error', async () => {
		const { canonicalId } = await byRecord(HANNAH);
		const { error } = await profile({ operation: 'timeline', canonicalId, limit: '={{ -3 }}' });
		expect(error?.message).toBe('"Limit" is "-3" and must be a whole number of at least 1.');
	});
});

describe('Explain', () => {
	const explain = (firstRecord: string, secondRecord: string) => profile({ operation: 'explain', firstRecord, secondRecord });

	test('says in a sentence why two records are one, with its weight and the path', async () => {
		const { items } = await explain(HANNAH, 'zendesk:user:5004');
		expect(items).toEqual([expect.objectContaining({ together: true, evidence: expect.arrayContaining([expect.objectContaining({ rule: 'model', outcome: 'match' })]) })]);
		expect(items[0]?.sentence).toMatch(/^These two records are one profile: match weight [\d.]+ \(probability .* %\), above the threshold [\d.]+ for a match\. For it: .*\.$/);
		expect(items[0]?.path).toHaveLength(2);
	});

	test('gives every comparison of the model, neutral ones too, and the sum as a picture', async () => {
		const { outputs } = await runNode(Customer360Profile, { ...store, parameters: { operation: 'explain', firstRecord: HANNAH, secondRecord: 'zendesk:user:5004' } });
		const [item] = outputs[0] ?? [];
		const { lines, weight } = item?.json as { lines: { kind: string; weight: number }[]; weight: number };
		expect([...new Set(lines.map(({ kind }) => kind))]).toEqual(expect.arrayContaining(['prior', 'comparison', 'missing']));
		expect(lines.reduce((sum, line) => sum + line.weight, 0)).toBeCloseTo(weight, 4);
		expect(item?.binary?.waterfall).toMatchObject({ mimeType: 'image/svg+xml', fileName: 'match-weights.svg' });
		expect(Buffer.from(item?.binary?.waterfall?.data ?? '', 'base64').toString()).toMatch(/^<svg/);
	});

	test('says what speaks against two strangers being one', async () => {
		expect((await explain(ROBERT, HANNAH)).items[0]?.sentence).toMatch(/^These two records are two profiles: .* below the threshold .* They contradict each other: given name different \(.+ against Hannah .+\)\.$/);
	});

	test('takes canonical IDs too, and says which records it took', async () => {
		const [robert, hannah] = [await byRecord(ROBERT), await byRecord(HANNAH)];
		const { items } = await explain(robert.canonicalId, hannah.canonicalId);
		expect(items[0]).toMatchObject({ together: false, canonicalIds: [robert.canonicalId, hannah.canonicalId] });
		expect(items[0]?.chosen).toMatch(`Of ${robert.canonicalId} and ${hannah.canonicalId} the two that are most alike, for no evidence ties any two: `);
	});

	test('of a person and a company there is nothing to compare, and no picture', async () => {
		const { outputs } = await runNode(Customer360Profile, { ...store, parameters: { operation: 'explain', firstRecord: HANNAH, secondRecord: 'hubspot:company:9001' } });
		expect(outputs[0]?.[0]?.json.sentence).toContain('a person and a company are never one');
		expect(outputs[0]?.[0]?.binary).toBeUndefined();
	});

	test('says when a shared value is too common to count', async () => {
		const own = temporaryStore();
		const [model] = (await runNode(Customer360Model, { ...own, parameters: { operation: 'get' } })).outputs[0] ?? [];
		const { identifiers, ...rest } = (model?.json as { model: IdentityModel }).model;
		const strict = { ...rest, identifiers: { ...identifiers, phone: { ...identifiers.phone, maxEntities: 1 } } };
		await runNode(Customer360Model, { ...own, parameters: { operation: 'save', model: JSON.stringify(strict) } });
		const items = ['Ann', 'Bertha', 'Clara'].map((name) => ({
			system: 'shop', object: 'buyer', sourceId: name, version: '1', updatedAt: '2026-03-01T10:00:00.000Z', kind: 'person',
			attributes: { given_name: [{ value: name, valid: true }] }, identifiers: [{ kind: 'phone', value: '+12125550123' }], consent: [], links: [],
		}));
		await runNode(Customer360Match, { ...own, items });
		const parameters = { operation: 'explain', firstRecord: 'shop:buyer:Ann', secondRecord: 'shop:buyer:Clara' };
		const { outputs } = await runNode(Customer360Profile, { ...own, parameters });
		expect(outputs[0]?.[0]?.json).toMatchObject({ together: false, tooCommon: ['phone'] });
		expect(outputs[0]?.[0]?.json.sentence).toContain('They share a value that too many have to count (phone)');
	});

	test.each([
		['a reference that is none', 'contact 7', /"contact 7" is not a record reference; write it as system:object:id, for example hubspot:contact:42/],
		['a record that is not there', 'hubspot:contact:999999', /There is no record hubspot:contact:999999 in the store\. Check system, object and ID\./],
	])('%s is an error', async (_what, reference, message) => {
		expect((await explain(ROBERT, reference)).error?.message).toMatch(message);
	});
});

test('several items give several profiles, each pointing to its item', async () => {
	const parameters = { operation: 'get', findBy: 'record', record: '={{ $json.ref }}' };
	const { outputs } = await runNode(Customer360Profile, { ...store, parameters, items: [{ ref: ROBERT }, { ref: 'hubspot:contact:999999' }, { ref: HANNAH }] });
	expect(outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 2 }]);
});
