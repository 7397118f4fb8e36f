import { closeAllStores, openStore, type NewPromise } from '../../../lib/store';
import { bundledProgram, runAndKill } from '../killing';
import { STORE_KINDS } from '../store-kinds';
import { contact, NOW, person, Walk } from './given';

const AT = new Date(NOW).toISOString();
const PROMISES = 2_500;
const promised = Array.from({ length: PROMISES }, (_, i): NewPromise => ({ canonicalId: `per_${i}`, entity: 'person', age: i + 10, aliases: [`per_${i}_OLD`], records: [contact(`mail:${i}`), contact(`crm:${i}`)] }));

describe.each(STORE_KINDS)('$name', ({ temporary }) => {
	const newTarget = temporary();
	const program = bundledProgram('identity', 'tidying-process.ts');

	test('tidying that is killed at any moment leaves every ID waiting or leading, and the next one goes on there', async () => {
		const target = await newTarget();
		const walk = new Walk(await openStore(target));
		await walk.arrive(person('crm:ann', { email: 'ann@acorn-mail.com' }));
		await walk.store.write((tx) => tx.promises.add(promised, AT));
		const ids = promised.map(({ canonicalId }) => canonicalId);
		let stops = 0;
		for (let afterMs = 0; !(await runAndKill(program(), [JSON.stringify(target)], afterMs)); afterMs += 60) {
			stops += 1;
			const { leading, awaited } = await walk.store.read(async (tx) => ({ leading: await tx.profiles.byCanonicalId(ids), awaited: await tx.promises.awaited(ids, 0) }));
			expect(ids.filter((id) => leading.has(id) === awaited.has(id))).toEqual([]);
			expect(await walk.problems()).toEqual([]);
		}
		expect(stops).toBeGreaterThan(0);
		await walk.build();
		expect(await walk.problems()).toEqual([]);
		expect(await walk.store.read((tx) => tx.promises.any())).toBe(false);
		await walk.arrive(person('mail:7', { email: 'seven@acorn-mail.com' }));
		expect(await walk.idOf('mail:7')).toBe('per_7');
		await closeAllStores();
	}, 60_000);
});
