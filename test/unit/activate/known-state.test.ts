import fc from 'fast-check';
import { desiredFields } from '../../../lib/activate/desired-fields';
import { fieldsToSend, isUncertain, type KnownState, stateOnceAcknowledged, stateOnceCreated, stateWhileDue, tagsToSend } from '../../../lib/activate/known-state';
import type { Scalar } from '../../../lib/domain';
import type { Profile } from '../../../lib';

const value = fc.option(fc.constantFrom<Scalar>('a', 'b', 1, true), { nil: null });
/** Two syncs with fields of their own write to the same record. */
const fieldsOf = [['c360_id', 'risk'], ['risk', 'value']];
const step = fc.record({
	sync: fc.constantFrom(0, 1),
	values: fc.record({ c360_id: value, risk: value, value }),
	tags: fc.subarray(['vip', 'at_risk', 'healthy']),
	outcome: fc.constantFrom('acknowledged', 'lost before', 'lost after', 'refused', 'found'),
});

type Values = Record<string, Scalar | null>;
interface Record360 {
	fields: Values;
	tags: Set<string>;
}

/** Sends what is due to a record that is nothing but its values; what is lost after took effect unseen. */
function write(record: Record360, known: KnownState, desired: Values, tags: readonly string[], outcome: string): KnownState {
	if (outcome === 'found') {
		// Asked for as a new record by somebody who did not know of it.
		Object.assign(record.fields, fieldsToSend(desired, {}));
		for (const tag of tags) record.tags.add(tag);
		return stateOnceCreated(known, desired, tags);
	}
	const fields = fieldsToSend(desired, known);
	const change = tagsToSend(tags, known);
	if (Object.keys(fields).length === 0 && !change) return known;
	const due = stateWhileDue(known, Object.keys(fields), tags);
	if (outcome === 'acknowledged' || outcome === 'lost after') {
		Object.assign(record.fields, fields);
		for (const tag of change?.add ?? []) record.tags.add(tag);
		for (const tag of change?.remove ?? []) record.tags.delete(tag);
	}
	return outcome === 'acknowledged' ? stateOnceAcknowledged(due, desired, tags) : due;
}

describe('what the ledger knows of a record', () => {
	test('whatever was acknowledged, refused or lost on the way, the next good write leaves the record with the right values', () => {
		fc.assert(
			fc.property(fc.array(step, { maxLength: 12 }), step, (history, last) => {
				const record: Record360 = { fields: {}, tags: new Set() };
				let known: KnownState = {};
				const desiredBy = ({ sync, values }: typeof last): Values =>
					Object.fromEntries((fieldsOf[sync] as string[]).map((name) => [name, values[name as keyof typeof values]]));
				for (const one of history) known = write(record, known, desiredBy(one), [...one.tags].sort(), one.outcome);
				const desired = desiredBy(last);
				const tags = [...last.tags].sort();
				known = write(record, known, desired, tags, 'acknowledged');
				for (const [name, wanted] of Object.entries(desired)) expect(record.fields[name] ?? null).toBe(wanted);
				expect([...record.tags].sort()).toEqual(tags);
				// And a second one has nothing to send.
				expect([fieldsToSend(desired, known), tagsToSend(tags, known)]).toEqual([{}, undefined]);
			}),
		);
	});

	test('a field that another sync keeps and could not write stays due', () => {
		const due = stateWhileDue({}, ['risk', 'value'], undefined);
		const known = stateOnceAcknowledged(due, { c360_id: 'x', risk: 1 }, undefined);
		expect(isUncertain(known)).toBe(true);
		expect(fieldsToSend({ risk: 1, value: null }, known)).toEqual({ value: null });
		expect(isUncertain(stateOnceAcknowledged(known, { risk: 1, value: null }, undefined))).toBe(false);
	});
});

describe('the value that a field should have', () => {
	const profile = {
		canonicalId: 'C1',
		companies: ['C7', 'C8'],
		segments: [{ name: 'healthy', reason: '' }, { name: 'at_risk', reason: '' }],
		attributes: {
			email: { value: 'ann@example.com', lineage: [] },
			phone: { value: ['+1', '+2'], lineage: [] },
			created_at: { value: '2024-02-03T10:00:00Z', lineage: [] },
		},
		metrics: { lifetime_value: { value: 12.5, reasons: [] }, churn_risk: { value: null, reasons: [] } },
	} as unknown as Profile;
	const other = { system: 'crm', object: 'contact', sourceId: '9' };

	test.each([
		['canonical_id', 'text', 'C1'],
		['segments', 'text', 'at_risk;healthy'],
		['company_ids', 'text', 'C7;C8'],
		['duplicate_records', 'text', '9'],
		['email', 'text', 'ann@example.com'],
		['phone', 'long_text', '+1;+2'],
		['created_at', 'date', '2024-02-03'],
		['lifetime_value', 'number', 12.5],
		['lifetime_value', 'text', '12.5'],
		['email', 'number', null],
		['churn_risk', 'number', null],
		['job_title', 'text', null],
	] as const)('%s as %s', (source, type, expected) => {
		expect(desiredFields(profile, [{ source, target: 't', label: '', type }], [other])).toEqual({ t: expected });
	});
});
