import { activitySchema, fieldMappingSchema } from '../../../../lib/domain';
import { createZendesk } from '../../../../lib/systems/zendesk';
import { source } from './given';

const ticket = { id: 12, status: 'open', created_at: '2026-01-05T10:00:00+02:00', subject: 'Invoice is wrong', priority: 'urgent' };
const read = (raw: Record<string, unknown>) => source(createZendesk(), 'ticket').activity?.(raw);

test.each([
	['new', 'open'],
	['open', 'open'],
	['hold', 'open'],
	['pending', 'pending'],
	['solved', 'solved'],
	['closed', 'solved'],
	['deleted', 'solved'],
])('a ticket that is %s counts as %s', (status, expected) => {
	const activity = read({ ...ticket, status });
	expect(activitySchema.parse(activity)).toMatchObject({ type: 'ticket', status: expected });
});

test('a ticket keeps subject, priority and time of creation in UTC', () => {
	expect(read(ticket)).toMatchObject({ at: '2026-01-05T08:00:00.000Z', title: 'Invoice is wrong', priority: 'urgent' });
});

test('a ticket without subject and priority is read all the same', () => {
	expect(read({ ...ticket, subject: null, priority: null })).toMatchObject({ status: 'open' });
});

test.each([
	[{ status: 'waiting' }, /Zendesk ticket 12: field status has the unknown value "waiting"/],
	[{ created_at: null }, /Zendesk ticket 12: field created_at cannot be read/],
	[{ created_at: 'last week' }, /Zendesk ticket 12: field created_at cannot be read/],
	[{ status: undefined }, /Zendesk ticket 12: field status cannot be read/],
])('a ticket with %j is refused, naming ticket and field', (change, message) => {
	expect(() => read({ ...ticket, ...change })).toThrow(message);
});

test.each(['user', 'organization', 'ticket'] as const)('the preset for a %s is a valid mapping of that object', (object) => {
	const { mapping } = source(createZendesk(), object);
	expect(fieldMappingSchema.parse(mapping)).toMatchObject({ system: 'zendesk', object });
});
