import { activitySchema } from '../../../lib/domain';
import { normalizeRecord } from '../../../lib/normalize';
import { invoices, paid, raw, refusal } from './given';

describe('a record of an activity', () => {
	test('an activity belongs to its owner', () => {
		const { record } = normalizeRecord(raw({ customer: 'cus_1' }, invoices), invoices, { activity: paid });
		expect(activitySchema.parse(record?.activity)).toEqual(paid());
		expect(record?.links).toEqual([{ type: 'owned_by', system: 'billing', object: 'customer', sourceId: 'cus_1' }]);
	});

	test('without an owner it is rejected and the field is named', () => {
		const { field, reason, remedy } = refusal({ customer: null }, invoices);
		expect(field).toBe('customer');
		expect(reason).toContain('belongs to');
		expect(remedy).toContain('billing');
	});

	test('one that cannot be read is rejected with the field that is wrong', () => {
		const half = () => ({ ...paid(), amount: { minor: 1.5, currency: 'EUR' } });
		const torn = normalizeRecord(raw({ customer: 'c' }, invoices), invoices, { activity: half });
		expect(torn.rejected).toMatchObject({ field: 'amount.minor', reason: expect.stringContaining('amount.minor') });
		const thrown = normalizeRecord(raw({ customer: 'c' }, invoices), invoices, {
			activity: () => {
				throw new Error('the invoice has no currency');
			},
		});
		expect(thrown.rejected?.reason).toContain('the invoice has no currency');
	});

	test('reading one without the function that reads it is the caller\'s mistake', () => {
		expect(() => normalizeRecord(raw({ customer: 'c' }, invoices), invoices)).toThrow('options.activity');
	});
});
