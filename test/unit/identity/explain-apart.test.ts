import { explainPair, type PairExplanation } from '../../../lib/identity';
import type { SourceRecord } from '../../../lib/domain';
import { seededRandom } from '../../../lib/match/random';
import { contact, person, SYSTEMS, temporaryStores, type PersonFields, type Walk } from './given';

const newStore = temporaryStores();
const RECORDS = 10;
const RUNS = 12;

function someRecords(pick: <T>(...list: T[]) => T): SourceRecord[] {
	return Array.from({ length: RECORDS }, (_, index) => {
		const fields: PersonFields = {
			given: pick('Ann', 'Bob', 'A.', 'Anna', 'Ann Lee', undefined),
			family: pick('Hill', 'Hill', 'Wood', undefined),
			email: pick('a@acorn-mail.com', 'b@acorn-mail.com', undefined),
			phone: pick('+1 212 642 8891', '+1 212 642 8892', undefined),
			customerNo: pick('c1', 'c2', undefined, undefined),
			userId: pick('u1', 'u2', undefined, undefined, undefined),
			born: pick('1950-01-03', '1982-07-20', undefined, undefined),
		};
		return person(`${SYSTEMS[index % SYSTEMS.length] ?? ''}:${index}`, { ...fields, nationalId: fields.email ?? fields.phone ? undefined : `n${index}` });
	});
}

async function everyPair(walk: Walk, records: readonly SourceRecord[]): Promise<PairExplanation[]> {
	return walk.store.read(async (tx) => {
		const model = await tx.models.current();
		if (!model) throw new Error('no model');
		const stored = [...(await tx.records.byRef(records)).values()];
		const found: PairExplanation[] = [];
		for (const [index, x] of stored.entries()) for (const y of stored.slice(index + 1)) found.push(await explainPair(tx, x, y, model));
		return found;
	});
}

test('whatever records and decisions there are: two that are one have a way between them, two that are not have a reason that names records', async () => {
	const random = seededRandom(7);
	const pick = <T>(...list: T[]): T => list[Math.floor(random() * list.length)] as T;
	let reasons = 0;
	for (let run = 0; run < RUNS; run += 1) {
		const walk = await newStore();
		const records = someRecords(pick);
		await walk.arrive(...records);
		for (let said = 0; said < run % 4; said += 1) {
			const [x, y] = [pick(...records), pick(...records)];
			if (x !== y) await walk.decide(pick('same', 'different'), `${x.system}:${x.sourceId}`, `${y.system}:${y.sourceId}`);
		}
		for (const { a, b, together, outcome, steps, proposed, decision, decisions, questionId, keptApart, leftOut } of await everyPair(walk, records)) {
			const pair = [a, b].map(({ system, sourceId }) => contact(`${system}:${sourceId}`));
			if (together) expect([pair, steps.length > 0]).toEqual([pair, true]);
			if (!together && proposed && outcome === 'match') expect([pair, keptApart !== null || decision?.verdict === 'different']).toEqual([pair, true]);
			if (!together && proposed && outcome === 'review') expect([pair, questionId !== null || decisions.length > 0]).toEqual([pair, true]);
			for (const reason of [keptApart, leftOut]) {
				if (reason === null) continue;
				reasons += 1;
				expect(reason).toMatch(/\w+:contact:\d+ and \w+:contact:\d+ (?:into one profile|are different)|\w+:contact:\d+ is tied to \w+:contact:\d+ and to \w+:contact:\d+ equally/);
			}
		}
	}
	expect(reasons).toBeGreaterThan(20);
});
