import { defaultModel, mergeProfiles, saveModel, splitProfile, undoDecision } from '../../lib/identity';
import type { IdentityStore } from '../../lib/store';
import { activity, company, contact, NOW, person, strictModel, SYSTEMS, Walk } from '../unit/identity/given';
import { ledgerEntry } from './samples';

/** Texts that a database can't keep as they are. */
const ODD = ['a\u0000b', 'half \ud83d of a pair', '\u0001"marked"'];
const AT = new Date(NOW).toISOString();
const GIVEN = ['Ann', 'Bob', 'Carla', 'Dan', 'Eve', 'Frank', 'Gina', 'Hal', 'Ida', 'Jon'];
const FAMILY = ['Hill', 'Wood', 'Stone', 'Marsh', 'Brook', 'Field', 'Glen', 'Ford', 'Dale', 'Heath', 'Lake'];

/** Person number `i` as three systems know them; the last one ties the others together. */
export function threeRecords(i: number) {
	const [given, family] = [GIVEN[i % GIVEN.length], `${FAMILY[i % FAMILY.length] ?? ''}${(FAMILY[(i * 7) % FAMILY.length] ?? '').toLowerCase()}`];
	const [email, phone] = [`${given?.toLowerCase() ?? ''}.${family.toLowerCase()}.${i}@acorn-mail.com`, `+1212555${String(1000 + i)}`];
	const home = { street: `${i % 9} Oak Street`, zip: '10001' };
	return [
		person(`crm:${i}`, { given, family, email, ...home, employer: `c${i % 3}` }),
		person(`billing:${i}`, { given, family, phone, ...home }),
		person(`support:${i}`, { given, family, email, phone }),
	];
}

/**
 * Fills a store with one of everything: merges, aliases, a split, promised IDs, decisions and one that was undone, questions open and closed, values that are too
 * common, deleted records and an empty profile, companies, households, activities, two models, a ledger, cursors, rejections, texts that a database
 * can't keep as they are, and a profile that Merge has not built yet.
 */
export async function fillStore(store: IdentityStore, people = 15): Promise<void> {
	const walk = new Walk(store);
	await saveModel(store, defaultModel(SYSTEMS), 'kim', NOW - 2000);
	const all = Array.from({ length: people }, (_, i) => threeRecords(i));
	await walk.arrive(...['c0', 'c1', 'c2'].map((id) => company(`crm:${id}`, { name: `Firm ${id}`, domain: `${id}-firm.com`, city: 'Leeds' })));
	await walk.arrive(...all.flatMap(([crm, billing]) => [crm, billing].flatMap((record) => record ?? [])));
	// Merges what stood apart: the younger profiles' IDs lead to the older ones.
	await walk.arrive(...all.flatMap(([, , support]) => support ?? []));
	await saveModel(store, { ...strictModel(4, 3), reportingCurrency: 'EUR' }, 'lee', NOW - 1000);
	await walk.arrive(...['Kay', 'Lou', 'Max', 'Ned', 'Oda', 'Pia'].map((given, i) => person(`mail:${given}`, { given, family: FAMILY[i], email: 'office@acorn-mail.com' })));
	await walk.arrive(person('mail:q1', { given: 'Rob', family: 'Swan', email: 'swans@acorn-mail.com' }), person('mail:q2', { given: 'Tom', family: 'Swan', email: 'swans@acorn-mail.com' }));
	await walk.arrive(person('mail:q3', { given: 'Una', family: 'Reed', email: 'reeds@acorn-mail.com' }), person('mail:q4', { given: 'Vic', family: 'Reed', email: 'reeds@acorn-mail.com' }));
	await walk.decide('different', 'mail:q3', 'mail:q4');
	await walk.decide('same', 'crm:0', 'crm:1');
	await store.write(async (tx) => await undoDecision(tx, { records: [contact('crm:0'), contact('crm:1')] }, walk.context()));
	const [keep, other, large] = [await walk.idOf('crm:2'), await walk.idOf('crm:3'), await walk.idOf('crm:4')];
	await store.write(async (tx) => await mergeProfiles(tx, keep, other, walk.context()));
	await store.write(async (tx) => await splitProfile(tx, large, [contact('billing:4')], walk.context()));
	await walk.build();
	await walk.arrive(
		person('mail:gone', { email: 'gone@acorn-mail.com', given: 'Wes', family: 'Moor' }),
		activity('billing:i1', contact('billing:5'), { type: 'invoice', at: AT, status: 'paid', amount: { minor: 12_000, currency: 'EUR' } }),
		...ODD.map((text) => ({ ...person('mail:odd', { given: 'Odd', family: 'Text', userId: `u ${text}` }), sourceId: text, version: text })),
	);
	await walk.arrive(person('mail:gone', { email: 'gone@acorn-mail.com', given: 'Wes', family: 'Moor' }, { version: '2', deleted: true }));
	await store.write(async (tx) => {
		const targets = ['1', '2', '3', '4', ...ODD];
		const statuses = ['pending', 'acknowledged', 'retry', 'failed', 'skipped', 'watched'] as const;
		await tx.ledger.put(targets.map((target, i) => ledgerEntry(target, { status: statuses[i % statuses.length] ?? 'pending', acknowledged: { name: target }, reason: target, attempts: i })));
		for (const scope of ['source:crm', 'lease:crm', ...ODD]) await tx.cursors.set(scope, { page: scope }, AT);
		await tx.cursors.set('forgotten', 1, AT);
		await tx.cursors.set('forgotten', undefined, AT);
		const rejected = (sourceId: string, field?: string) => ({ system: 'crm', object: 'contact', sourceId, reason: `no ${sourceId}`, ...(field && { field }), remedy: 'add one', raw: {} });
		await tx.rejections.put([rejected('r1'), rejected('r2', 'email'), ...ODD.map((text) => rejected(text, text))], AT);
		await tx.rejections.remove([contact('crm:r1')]);
	});
	await store.write(async (tx) => {
		const later = (...ids: string[]) => ids.map((sourceId) => ({ system: 'later', object: 'contact', sourceId }));
		await tx.promises.add([
			{ canonicalId: 'per_LATER', entity: 'person', age: 900, aliases: ['per_EVENLATER'], records: later('r1', ...ODD) },
			{ canonicalId: 'per_LEADS', entity: 'person', age: 901, aliases: [], records: later('r2') },
		], AT);
		await tx.promises.place([{ ...contact('later:r3'), canonicalId: keep }], AT);
		const leads = (await tx.profiles.byCanonicalId([keep])).get(keep)?.no ?? 0;
		await tx.promises.lead([{ canonicalId: 'per_LEADS', profileNo: leads }]);
	});
	// Matched and not built yet.
	await walk.match(person('mail:waiting', { given: 'Zoe', family: 'Fen', email: 'zoe@acorn-mail.com' }));
}
