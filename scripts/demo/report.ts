import Table from 'cli-table3';
import { SYSTEM_IDS, SYSTEMS } from '../../lib';
import type { worldStatistics } from '../../test/sandbox/world';
import type { BySystem, Figures } from './figures';

const plain = { head: [], border: [] };

/** Before: the same customers in four systems that know nothing of each other. */
export function printBefore(records: BySystem, { people, companies }: ReturnType<typeof worldStatistics>): void {
	const table = new Table({ head: ['Before', ...SYSTEM_IDS.map(label), 'all'], style: plain });
	table.push(['People and companies, as records', ...SYSTEM_IDS.map((system) => right(records[system] ?? 0)), right(sum(records))]);
	console.log(table.toString());
	console.log(`In truth ${people.total} people and ${companies.total} companies: ${people.in1} people in one system, ${people.in2} in two, ${people.in3} in three, ${people.in4} in all four.`);
}

/** After: one profile a customer, and what went back. */
export function printAfter(figures: Figures): void {
	const table = new Table({ head: ['After', ...SYSTEM_IDS.map(label), 'all'], style: plain });
	const row = (title: string, counts: BySystem) => table.push([title, ...SYSTEM_IDS.map((system) => right(counts[system] ?? 0)), right(sum(counts))]);
	row('Records', figures.records);
	row('Synced (carry the canonical ID)', figures.synced);
	row('Skipped', figures.skipped);
	row('Failed', figures.failed);
	row('API calls, first run', figures.calls);
	row('API calls, second run, nothing changed', figures.secondRunCalls);
	console.log(table.toString());

	const totals = new Table({ style: plain });
	totals.push(
		['Profiles', right(figures.profiles)],
		['Records recognised as somebody known (merges)', right(figures.merges)],
		['Waiting for review', right(figures.review)],
		['Rejected: nothing usable in the record', right(figures.rejected)],
		['Segments', Object.entries(figures.segments).sort().map(([name, count]) => `${name} ${count}`).join(', ')],
		['Precision against the seeded truth', right(figures.precision.toFixed(4))],
		['Recall against the seeded truth', right(figures.recall.toFixed(4))],
		['Writes in the second run', right(figures.secondRunWrites)],
		['Broken invariants found by check', right(figures.problems)],
	);
	console.log(totals.toString());
}

/** What makes the demo fail, in words; empty when all is right. */
export function findFaults(figures: Figures): string[] {
	const faults: string[] = [];
	if (figures.precision < 0.99) faults.push(`precision is ${figures.precision.toFixed(4)}, at least 0.99 is wanted`);
	if (figures.recall < 0.85) faults.push(`recall is ${figures.recall.toFixed(4)}, at least 0.85 is wanted`);
	if (figures.secondRunWrites !== 0) faults.push(`the second run wrote ${figures.secondRunWrites} times, though nothing had changed`);
	if (figures.problems !== 0) faults.push(`the check of the store found ${figures.problems} broken invariants`);
	if (sum(figures.failed) !== 0) faults.push(`${sum(figures.failed)} records could not be written`);
	for (const system of SYSTEM_IDS) if ((figures.synced[system] ?? 0) === 0) faults.push(`nothing was written to ${label(system)}`);
	return faults;
}

function label(system: string): string {
	return SYSTEMS[system]?.label ?? system;
}

function right(value: number | string): { content: string; hAlign: 'right' } {
	return { content: String(value), hAlign: 'right' };
}

function sum(counts: BySystem): number {
	return Object.values(counts).reduce((total, count) => total + count, 0);
}
