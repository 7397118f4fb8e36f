import fc from 'fast-check';
import type { AttributeValue, ConsentStatement, IdentityModel, Scalar, SourceRecord, SurvivorshipRule } from '../../../lib/domain';
import { defaultModel } from '../../../lib/identity';
import { mergeRecords } from '../../../lib/merge';

const SYSTEMS = ['crm', 'billing', 'support'];

interface Given {
	/** `system:id`. */
	place: string;
	values: (Scalar | AttributeValue)[];
	day?: string;
}
function record({ place, day = '2026-01-01' }: Pick<Given, 'place' | 'day'>, attributes: Record<string, (Scalar | AttributeValue)[]>, more: Partial<SourceRecord> = {}): SourceRecord {
	const [system = '', sourceId = ''] = place.split(':');
	const toValue = (value: Scalar | AttributeValue): AttributeValue => (typeof value === 'object' ? value : { value, valid: true });
	return {
		...{ system, object: 'contact', sourceId, version: '1', updatedAt: `${day}T00:00:00.000Z`, kind: 'person' as const, identifiers: [], consent: [], links: [] },
		attributes: Object.fromEntries(Object.entries(attributes).map(([name, values]) => [name, values.map(toValue)])),
		...more,
	};
}
function modelWith(survivorship: SurvivorshipRule, systems?: string[]): IdentityModel {
	return { ...defaultModel(SYSTEMS), attributes: { title: { label: 'Title', type: 'text', survivorship, ...(systems && { systems }) } } };
}

const rules: { title: string; rule: SurvivorshipRule; systems?: string[]; given: Given[]; value: Scalar | Scalar[]; from: string[]; candidates: number }[] = [
	{ title: 'the first system in the order', rule: 'system_of_record', given: [{ place: 'support:1', values: ['c'], day: '2026-03-01' }, { place: 'billing:1', values: ['b'] }], value: 'b', from: ['billing:1'], candidates: 2 },
	{ title: 'the attribute\'s own order of systems', rule: 'system_of_record', systems: ['support'], given: [{ place: 'crm:1', values: ['a'] }, { place: 'support:1', values: ['c'] }], value: 'c', from: ['support:1'], candidates: 2 },
	{ title: 'a system that no order names comes last', rule: 'system_of_record', given: [{ place: 'import:1', values: ['z'], day: '2026-03-01' }, { place: 'support:1', values: ['c'] }], value: 'c', from: ['support:1'], candidates: 2 },
	{ title: 'of one system the newer record', rule: 'system_of_record', given: [{ place: 'crm:1', values: ['a'] }, { place: 'crm:2', values: ['b'], day: '2026-02-01' }], value: 'b', from: ['crm:2'], candidates: 2 },
	{ title: 'of one system and time the smaller reference', rule: 'system_of_record', given: [{ place: 'crm:2', values: ['b'] }, { place: 'crm:1', values: ['a'] }], value: 'a', from: ['crm:1'], candidates: 2 },
	{ title: 'of one record its first value', rule: 'system_of_record', given: [{ place: 'crm:1', values: ['z', 'a'] }], value: 'z', from: ['crm:1'], candidates: 2 },
	{ title: 'the newest record', rule: 'most_recent', given: [{ place: 'crm:1', values: ['a'] }, { place: 'support:1', values: ['c'], day: '2026-02-01' }], value: 'c', from: ['support:1'], candidates: 2 },
	{ title: 'of two as new the more trusted', rule: 'most_recent', given: [{ place: 'support:1', values: ['c'] }, { place: 'billing:1', values: ['b'] }], value: 'b', from: ['billing:1'], candidates: 2 },
	{ title: 'the longest', rule: 'most_complete', given: [{ place: 'crm:1', values: ['Dir.'] }, { place: 'support:1', values: ['Director'] }], value: 'Director', from: ['support:1'], candidates: 2 },
	{ title: 'of two as long the more trusted', rule: 'most_complete', given: [{ place: 'support:1', values: ['abc'] }, { place: 'crm:1', values: ['xyz'] }], value: 'xyz', from: ['crm:1'], candidates: 2 },
	{ title: 'the one that most records have', rule: 'most_frequent', given: [{ place: 'crm:1', values: ['a'] }, { place: 'billing:1', values: ['b'] }, { place: 'support:1', values: ['b'] }], value: 'b', from: ['billing:1'], candidates: 2 },
	{ title: 'spellings of one value count together', rule: 'most_frequent', given: [{ place: 'crm:1', values: ['x'] }, { place: 'billing:1', values: ['B'] }, { place: 'support:1', values: ['b'] }], value: 'B', from: ['billing:1'], candidates: 2 },
	{ title: 'a record that says it twice counts once', rule: 'most_frequent', given: [{ place: 'support:1', values: ['b', 'B'] }, { place: 'crm:1', values: ['a'] }], value: 'a', from: ['crm:1'], candidates: 2 },
	{ title: 'all of them added up', rule: 'sum', given: [{ place: 'support:1', values: [2] }, { place: 'crm:1', values: [3] }, { place: 'billing:1', values: ['4'] }], value: 9, from: ['crm:1', 'billing:1', 'support:1'], candidates: 3 },
	{ title: 'the smallest', rule: 'min', given: [{ place: 'crm:1', values: [10] }, { place: 'support:1', values: [9] }], value: 9, from: ['support:1'], candidates: 2 },
	{ title: 'the earliest date', rule: 'min', given: [{ place: 'crm:1', values: ['2020-05-01'] }, { place: 'support:1', values: ['2019-12-31'] }], value: '2019-12-31', from: ['support:1'], candidates: 2 },
	{ title: 'the largest', rule: 'max', given: [{ place: 'crm:1', values: [9] }, { place: 'support:1', values: [10] }], value: 10, from: ['support:1'], candidates: 2 },
	{ title: 'every one once, the most trusted first', rule: 'union', given: [{ place: 'support:1', values: ['b', 'c'] }, { place: 'crm:1', values: ['a', 'B'] }], value: ['a', 'B', 'c'], from: ['crm:1', 'crm:1', 'support:1'], candidates: 3 },
	{ title: 'nothing that is invalid or filler', rule: 'system_of_record', given: [{ place: 'crm:1', values: [{ value: 'x', valid: false, reason: 'is no title' }, { value: 'n/a', valid: true, flags: ['placeholder'] }] }, { place: 'support:1', values: ['c'] }], value: 'c', from: ['support:1'], candidates: 1 },
];

test.each(rules)('$rule: $title', ({ rule, systems, given, value, from, candidates }) => {
	const records = given.map((one) => record(one, { title: one.values }));
	for (const order of [records, [...records].reverse()]) {
		const { title } = mergeRecords(order, modelWith(rule, systems)).attributes;
		expect(title?.value).toEqual(value);
		expect(title?.lineage.map(({ system, sourceId }) => `${system}:${sourceId}`)).toEqual(from);
		for (const line of title?.lineage ?? []) expect(line).toMatchObject({ rule, candidates });
	}
});

test('an attribute that no record has a usable value for is left out, and one that the model does not name goes by the order of systems', () => {
	const merged = mergeRecords([record({ place: 'support:1' }, { shoe_size: [44], title: [{ value: '', valid: false }] }), record({ place: 'crm:1' }, { shoe_size: [43] })], modelWith('union'));
	expect(Object.keys(merged.attributes)).toEqual(['shoe_size']);
	expect(merged.attributes.shoe_size).toMatchObject({ value: 43, lineage: [{ rule: 'system_of_record', system: 'crm' }] });
});

describe('an address', () => {
	const mill = { street: ['12 Mill Road'], city: ['Austin'], postal_code: ['78704'], country: ['US'] };
	const names = ['street', 'city', 'postal_code', 'region', 'country'];
	const modelOf = (survivorship: SurvivorshipRule): IdentityModel => ({
		...defaultModel(SYSTEMS),
		attributes: Object.fromEntries(names.map((name) => [name, { label: name, type: 'text' as const, survivorship, group: 'address' }])),
	});
	const addressOf = (records: SourceRecord[], rule: SurvivorshipRule = 'most_recent') => {
		const { street, city, postal_code, region, country } = mergeRecords(records, modelOf(rule)).attributes;
		return [street, city, postal_code, region, country].map((one) => one && `${String(one.value)} from ${one.lineage[0]?.system}`);
	};

	test.each(['person', 'company'] as const)('of a %s comes from one record: the fullest', (kind) => {
		const newer = record({ place: 'support:1', day: '2026-03-01' }, { city: ['Berlin'], region: ['Berlin'] }, { kind });
		expect(addressOf([record({ place: 'crm:1' }, mill, { kind }), newer])).toEqual(['12 Mill Road from crm', 'Austin from crm', '78704 from crm', undefined, 'US from crm']);
	});

	test.each([
		{ rule: 'most_recent' as const, city: 'Dallas from support' },
		{ rule: 'system_of_record' as const, city: 'Austin from crm' },
	])('of two as full the one that the rule prefers: $rule', ({ rule, city }) => {
		const newer = record({ place: 'support:1', day: '2026-03-01' }, { ...mill, city: ['Dallas'] });
		expect(addressOf([record({ place: 'crm:1' }, mill), newer], rule)[1]).toBe(city);
	});

	test('of two as full and as new the more trusted one', () => {
		expect(addressOf([record({ place: 'support:1' }, { ...mill, city: ['Dallas'] }), record({ place: 'crm:1' }, mill)])[1]).toBe('Austin from crm');
	});
});

describe('consent', () => {
	const says = (place: string, status: ConsentStatement['status'], at?: string) => record({ place }, {}, { consent: [{ purpose: 'email_marketing', status, ...(at && { at }) }] });
	test.each([
		{ given: [says('crm:1', 'granted', '2026-02-01'), says('billing:1', 'denied', '2020-01-01')], status: 'denied', from: 'billing' },
		{ given: [says('crm:1', 'granted'), says('billing:1', 'pending')], status: 'pending', from: 'billing' },
		{ given: [says('crm:1', 'unknown'), says('billing:1', 'granted')], status: 'granted', from: 'billing' },
		{ given: [says('crm:1', 'unknown')], status: 'unknown', from: 'crm' },
		{ given: [says('crm:1', 'denied', '2020-01-01'), says('support:1', 'denied', '2025-01-01')], status: 'denied', from: 'support' },
		{ given: [says('billing:1', 'denied'), says('crm:1', 'denied')], status: 'denied', from: 'billing' },
	])('the most restrictive word wins: $status', ({ given, status, from }) => {
		for (const order of [given, [...given].reverse()]) {
			expect(mergeRecords(order, defaultModel(SYSTEMS)).consent.email_marketing).toMatchObject({ status, lineage: [{ rule: 'most_restrictive', system: from }] });
		}
	});

	test('each purpose by itself', () => {
		const both = record({ place: 'crm:1' }, {}, { consent: [{ purpose: 'sms_marketing', status: 'granted' }, { purpose: 'email_marketing', status: 'denied' }] });
		expect(mergeRecords([both], defaultModel(SYSTEMS)).consent).toMatchObject({ email_marketing: { status: 'denied' }, sms_marketing: { status: 'granted' } });
	});
});

test('identifiers of all records stand there once', () => {
	const one = record({ place: 'crm:1' }, {}, { identifiers: [{ kind: 'email', value: 'a@acorn.com', display: 'A@acorn.com' }] });
	const two = record({ place: 'billing:1' }, {}, { identifiers: [{ kind: 'email', value: 'a@acorn.com', display: 'a+x@acorn.com' }, { kind: 'phone', value: '+1' }] });
	const expected = [{ kind: 'email', value: 'a@acorn.com', display: 'a+x@acorn.com' }, { kind: 'phone', value: '+1' }];
	expect(mergeRecords([one, two], defaultModel(SYSTEMS)).identifiers).toEqual(expected);
	expect(mergeRecords([two, one], defaultModel(SYSTEMS)).identifiers).toEqual(expected);
});

test('whatever the rule, a value comes from the record that its lineage names, and the order of records does not matter', () => {
	const value = fc.oneof(fc.integer({ min: 0, max: 9 }), fc.constantFrom('a', 'A', 'bb', 'ccc'));
	const records = fc.uniqueArray(
		fc.record({ place: fc.tuple(fc.constantFrom(...SYSTEMS, 'import'), fc.nat(4)).map(([system, id]) => `${system}:${id}`), day: fc.constantFrom('2026-01-01', '2026-02-01'), values: fc.array(value, { maxLength: 3 }) }),
		{ selector: ({ place }) => place, maxLength: 8 },
	);
	const rule = fc.constantFrom<SurvivorshipRule>('system_of_record', 'most_recent', 'most_complete', 'most_frequent', 'sum', 'min', 'max', 'union');
	fc.assert(
		fc.property(records, rule, fc.infiniteStream(fc.nat()), (given, survivorship, dice) => {
			const all = given.map((one) => record(one, { title: one.values }));
			const merged = mergeRecords(all, modelWith(survivorship));
			const shuffled = all.map((one) => ({ one, at: dice.next().value as number })).sort((x, y) => x.at - y.at).map(({ one }) => one);
			expect(mergeRecords(shuffled, modelWith(survivorship))).toEqual(merged);
			const { title } = merged.attributes;
			expect(title === undefined).toBe(given.every(({ values }) => values.length === 0));
			if (!title || survivorship === 'sum') return;
			const chosen = Array.isArray(title.value) ? title.value : [title.value];
			chosen.forEach((one, index) => {
				const { system, sourceId } = title.lineage[index] ?? {};
				expect(given.find(({ place }) => place === `${system}:${sourceId}`)?.values).toContain(one);
			});
		}),
	);
});
