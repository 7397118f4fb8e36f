import type { SourceRecord } from '../../lib/domain';
import { company, person, SYSTEMS, type Walk } from '../unit/identity/given';

const desk = { email: 'info@acorn-mail.com' };
const ann = { given: 'Ann', family: 'Hill', email: 'ann@acorn-mail.com', phone: '+1 212 642 8891' };
/** People in several systems, copies of them, a mailbox of several people, a phone that too many have, a pair for review, companies. */
export const records: SourceRecord[] = [
	person('crm:ann', ann),
	person('billing:ann', { name: 'Ann Hill', email: 'ann@acorn-mail.com' }),
	person('mail:ann', { email: 'ann@acorn-mail.com' }),
	person('crm:desk-1', desk),
	person('crm:desk-2', desk),
	person('mail:desk', { ...desk, given: 'Kate', family: 'Wood' }),
	...['Bob', 'Carla', 'Dora', 'Emil', 'Fritz'].map((given, index) => person(`crm:shared-${index}`, { given, family: `Family${index}`, phone: '+44 20 7946 0321', email: `${given}@birch-mail.com` })),
	person('crm:maybe-1', { given: 'Robert', family: 'Stone', born: '1970-01-02', zip: '78704' }),
	person('billing:maybe-2', { given: 'Bob', family: 'Stone', zip: '78704', street: '12 Mill Road' }),
	company('crm:c-1', { name: 'Acorn GmbH', domain: 'acorn.com' }),
	company('billing:c-2', { name: 'Acorn', domain: 'acorn.com' }),
	person('support:gone', { given: 'Gone', family: 'Away', email: 'gone@acorn-mail.com' }, { deleted: true }),
	...Array.from({ length: 30 }, (_, index) => person(`${SYSTEMS[index % 3]}:p-${index}`, { given: `Given${index % 20}`, family: `Family${index % 20}`, email: `p${index % 20}@cedar-mail.com` })),
];

/** Everything in a store that two of them can have in common: IDs are random. */
export async function content(walk: Walk) {
	const profiles = await walk.profiles();
	const names = new Map(profiles.map((profile) => [profile.canonicalId, profile.records.map(({ system, sourceId }) => `${system}:${sourceId}`).join(' ')]));
	const named = (value: unknown) => JSON.parse(JSON.stringify(value).replace(/(?:per|com)_[0-9A-Z]{26}/g, (id) => names.get(id) ?? id)) as unknown;
	const rows = await walk.store.read(async (tx) => {
		const stored = await tx.records.scan(0, 1000);
		const nos = stored.map(({ no }) => no);
		const keys = await tx.keys.ofRecords(nos);
		const holders = await tx.keys.holders([...new Set([...keys.values()].flatMap((own) => own.map(({ key }) => key)))]);
		return { keys, forms: await tx.keys.forms(nos), holders, evidence: (await tx.evidence.touching(nos)).map(({ at: _at, ...line }) => line), generic: await tx.keys.scanGeneric('', 100), asked: await walk.questions() };
	});
	const events = (await walk.events()).map(({ seq: _seq, at: _at, ...event }) => JSON.stringify(named(event))).sort();
	return { ...rows, profiles: named(profiles.map(({ updatedAt: _at, revision: _revision, createdAt: _created, ...profile }) => profile).sort((x, y) => (JSON.stringify(x.records) < JSON.stringify(y.records) ? -1 : 1))), events };
}
