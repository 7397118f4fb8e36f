import { Turns } from '../../../lib/identity/at-once/turns';
import type { StoreReader } from '../../../lib/store';
import { temporaryStores } from './given';

const newStore = temporaryStores();

test('the database hears of a long matching once a second, and who listens at every turn', async () => {
	const { store } = await newStore();
	let [now, asked] = [0, 0];
	const told: string[] = [];
	await store.read(async (tx) => {
		const counting: StoreReader = { ...tx, cursors: { get: async (scope) => ((asked += 1), tx.cursors.get(scope)) } };
		const turns = new Turns(counting, (step, records) => told.push(`${step} ${records}`), () => now);
		for (now of [400, 800, 1200, 1600, 2500]) await turns.next('keys', now);
	});
	expect(asked).toBe(2);
	expect(told).toEqual(['keys 400', 'keys 800', 'keys 1200', 'keys 1600', 'keys 2500']);
});

test('what a listener throws ends the matching', async () => {
	const { store } = await newStore();
	const turns = store.read(async (tx) => new Turns(tx, () => {
		throw new Error('stopped');
	}).next('clustering', 1));
	await expect(turns).rejects.toThrow('stopped');
});

test('of two parts side by side the other one ends at its next turn when one fails, and both have ended then', async () => {
	const { store } = await newStore();
	const told: string[] = [];
	await store.read(async (tx) => {
		const turns = new Turns(tx, (step) => told.push(step));
		const failing = async () => {
			await turns.next('keys', 0);
			throw new Error('disk full');
		};
		const going = async () => {
			try {
				for (let round = 0; round < 1000; round += 1) await turns.next('comparing', round);
			} finally {
				told.push('ended');
			}
		};
		await expect(turns.together(failing(), going())).rejects.toThrow('disk full');
		expect(told.at(-1)).toBe('ended');
		expect(told.length).toBeLessThan(10);
		expect(await new Turns(tx).together(Promise.resolve(1), Promise.resolve('two'))).toEqual([1, 'two']);
	});
});
