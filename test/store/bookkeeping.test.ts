import type { IdentityModel, RejectedRecord } from '../../lib/domain';
import { shippedMatching } from '../../lib/match';
import { describeStore } from './describe-store';
import { AT, ledgerEntry } from './samples';

const MODEL: IdentityModel = {
	name: 'test',
	reportingCurrency: 'EUR',
	exchangeRates: { USD: 0.92 },
	defaultCountry: 'DE',
	systems: ['crm'],
	attributes: {},
	identifiers: {},
	matching: shippedMatching(),
	blockedValues: [],
	score: { name: 'churn_risk', points: [] },
	segments: [],
};

describeStore('cursors', (newStore) => {
	test('a cursor is any JSON value, by scope; an unknown scope has none', async () => {
		const store = await newStore();
		await store.write(async (tx) => {
			for (const value of [{ since: AT, ids: ['1', '2'] }, null, 0, '', [1.5]]) {
				await tx.cursors.set('source:crm', value, AT);
				expect(await tx.cursors.get('source:crm')).toEqual(value);
			}
			await tx.cursors.set('source:crm', undefined, AT);
			expect(await tx.cursors.get('source:crm')).toBeUndefined();
			expect(await tx.cursors.get('source:other')).toBeUndefined();
		});
	});
});

describeStore('ledger', (newStore) => {
	test('an entry is read back as it was put; a second put of its target replaces it', async () => {
		const store = await newStore();
		const acknowledged = { city: 'Bern', score: 7, active: true, phone: null };
		const entry = ledgerEntry('1', { acknowledged, status: 'failed', reason: 'no such field', attempts: 2 });
		const other = ledgerEntry('1', { destination: 'shop:customer' });
		await store.write(async (tx) => {
			await tx.ledger.put([ledgerEntry('1'), other, entry]);
			expect(await tx.ledger.get('crm:contact', ['1', '2'])).toEqual(new Map([['1', entry]]));
			await tx.ledger.put([ledgerEntry('1')]);
			expect((await tx.ledger.get('crm:contact', ['1'])).get('1')).toEqual(ledgerEntry('1'));
			await tx.ledger.remove('crm:contact', ['1', '2']);
			expect([...(await tx.ledger.get('crm:contact', ['1'])).keys(), ...(await tx.ledger.get('shop:customer', ['1'])).keys()]).toEqual(['1']);
		});
	});

	test('every entry of a status is met exactly once, though each page is worked through before the next is asked for', async () => {
		const store = await newStore();
		const targets = ['5', '1', 'new:c-9', '3', '2', '4'];
		await store.write(async (tx) => {
			const statuses = ['retry', 'failed'] as const;
			const entries = targets.map((target, i) => ledgerEntry(target, { status: statuses[i % 2] ?? 'retry', at: `2026-03-0${6 - i}T00:00:00.000Z` }));
			const others = [ledgerEntry('skipped', { status: 'skipped' }), ledgerEntry('elsewhere', { destination: 'shop:customer', status: 'retry' })];
			await tx.ledger.put([...entries, ...others]);
			const met: string[] = [];
			let after = '';
			for (;;) {
				const page = await tx.ledger.byStatus('crm:contact', ['retry', 'failed'], after, 2);
				if (page.length === 0) break;
				met.push(...page.map(({ target }) => target));
				after = page.at(-1)?.target ?? '';
				const outcomes = ['acknowledged', 'retry'] as const;
				await tx.ledger.put(page.map((each, i) => ({ ...each, status: outcomes[i] ?? 'retry', at: '2026-04-01T00:00:00.000Z' })));
			}
			expect(met.sort()).toEqual([...targets].sort());
			expect(await tx.ledger.counts('crm:contact')).toEqual({ pending: 0, acknowledged: 3, retry: 3, failed: 0, skipped: 1, watched: 0 });
		});
	});
});

describeStore('rejections', (newStore) => {
	test('a rejection is kept once a record, newest first, without the raw record, until the record is accepted', async () => {
		const store = await newStore();
		const rejected = (sourceId: string): RejectedRecord => {
			return { system: 'crm', object: 'contact', sourceId, reason: 'no identifier', remedy: 'fill in an email', raw: { name: 'Ann' } };
		};
		await store.write(async (tx) => {
			await tx.rejections.put([rejected('1'), { ...rejected('2'), field: 'email' }], '2026-03-01T00:00:00.000Z');
			await tx.rejections.put([rejected('1'), rejected('1')], '2026-03-02T00:00:00.000Z');
			const { raw: _, ...kept } = rejected('1');
			expect(await tx.rejections.list(10)).toEqual([
				{ ...kept, at: '2026-03-02T00:00:00.000Z' },
				{ ...kept, sourceId: '2', field: 'email', at: '2026-03-01T00:00:00.000Z' },
			]);
			expect([(await tx.rejections.list(1)).length, await tx.rejections.count()]).toEqual([1, 2]);
			await tx.rejections.remove([rejected('1'), rejected('never rejected')]);
			expect((await tx.rejections.list(10)).map(({ sourceId }) => sourceId)).toEqual(['2']);
		});
	});
});

describeStore('models', (newStore) => {
	test('versions count from 1, and every one can be read', async () => {
		const store = await newStore();
		await store.write(async (tx) => {
			expect([await tx.models.current(), await tx.models.version(1)]).toEqual([undefined, undefined]);
			expect(await tx.models.add(MODEL, 'kim', AT)).toBe(1);
			expect(await tx.models.add({ ...MODEL, name: 'second' }, 'lee', AT)).toBe(2);
			expect(await tx.models.current()).toEqual({ version: 2, createdAt: AT, actor: 'lee', model: { ...MODEL, name: 'second' } });
			expect(await tx.models.version(1)).toEqual({ version: 1, createdAt: AT, actor: 'kim', model: MODEL });
			expect(await tx.models.version(3)).toBeUndefined();
		});
	});

	test('a version that was rolled back is not taken for the one that has its number later', async () => {
		const store = await newStore();
		const thrown = new Error('not this one');
		const attempt = store.write(async (tx) => {
			await tx.models.add({ ...MODEL, name: 'tried' }, 'kim', AT);
			expect((await tx.models.current())?.model.name).toBe('tried');
			throw thrown;
		});
		await expect(attempt).rejects.toBe(thrown);
		const kept = { version: 1, createdAt: AT, actor: 'kim', model: { ...MODEL, name: 'kept' } };
		await store.write(async (tx) => {
			expect(await tx.models.current()).toBeUndefined();
			await tx.models.add(kept.model, 'kim', AT);
			expect(await tx.models.current()).toEqual(kept);
		});
		expect(await store.read(async (tx) => await tx.models.current())).toEqual(kept);
		const again = await store.read(async (tx) => [await tx.models.current(), await tx.models.current()]);
		expect(again[0]?.model).toBe(again[1]?.model);
	});
});
