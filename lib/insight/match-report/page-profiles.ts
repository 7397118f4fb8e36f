import { countedBars } from '../charts/counted-bars';
import { themed } from '../charts/palette';
import type { LargeProfile, MatchFigures } from './figures';
import { count, html, share, trusted } from './markup';
import type { Section } from './page-parts';

/** Sizes up to this have a bar of their own, larger ones share one. */
const OWN = 6;
const RANGES = [10, 20, 50, 100, 1000, Infinity];

export function sizesSection({ sizes, records, profiles }: MatchFigures): Section {
	if (profiles === 0) return { id: 'sizes', title: 'Cluster sizes', body: html`<p>There are no profiles.</p>` };
	const bars = sizeBars(sizes);
	const largest = sizes.at(-1)?.size ?? 0;
	const several = sizes.filter(({ size }) => size > 1);
	const joined = several.reduce((sum, { profiles: of }) => sum + of, 0);
	const inThem = several.reduce((sum, { size, profiles: of }) => sum + size * of, 0);
	const body = html`<p>${joined} of ${profiles} profiles (${share(joined, profiles)}) have more than one record;
${inThem} of ${records} records (${share(inThem, records)}) are in them. The largest has ${largest}.</p>
${trusted(themed(countedBars(bars, 'records in the profile', 'Profiles by how many records they have')))}`;
	return { id: 'sizes', title: 'Cluster sizes', body };
}

function sizeBars(sizes: MatchFigures['sizes']): { label: string; count: number }[] {
	const largest = Math.max(1, ...sizes.map(({ size }) => size));
	const between = (low: number, high: number) => sizes.reduce((sum, { size, profiles }) => (size >= low && size <= high ? sum + profiles : sum), 0);
	const own = Array.from({ length: Math.min(OWN, Math.max(3, largest)) }, (_, index) => index + 1);
	const bars = own.map((size) => ({ label: `${size}`, count: between(size, size) }));
	let low = OWN + 1;
	for (const high of RANGES) {
		if (low > largest) break;
		bars.push({ label: high === Infinity ? `${count(low)} or more` : `${count(low)} to ${count(high)}`, count: between(low, high) });
		low = high + 1;
	}
	return bars;
}

export function largestSection({ largest }: MatchFigures): Section {
	const empty = html`<p>No profile has more than one record.</p>`;
	const table = html`<p class="quiet">Look here for records that should not have come together: many different names or emails in one profile.</p>
<table><thead><tr><th>Profile</th><th class="n">Records</th><th>What it is known by</th></tr></thead>
<tbody>${largest.map(row)}</tbody></table>`;
	return { id: 'largest', title: 'Largest clusters', body: largest.length === 0 ? empty : table };
}

function row({ canonicalId, records, sources, values }: LargeProfile) {
	const shown = values.map(({ label, most, distinct, more }) => {
		const rest = distinct - most.length;
		const others = rest > 0 ? html` <span class="quiet">and ${rest}${more ? ' or more' : ''} ${rest === 1 && !more ? 'other' : 'others'}</span>` : '';
		return html`<div><span class="quiet">${label}</span> <bdi>${most.join(' · ')}</bdi>${others}</div>`;
	});
	const from = sources.length > 6 ? `${sources.length} sources` : sources.map(({ system, records: of }) => `${system} ${count(of)}`).join(', ');
	return html`<tr><td><code>${canonicalId}</code><div class="quiet">${from}</div></td><td class="n">${records}</td><td>${shown}</td></tr>`;
}
