/** One step of a sum of match weights (log2 Bayes factors). */
export interface WeightLine {
	label: string;
	weight: number;
}

const ROW = 24;
const LEFT = 260;
const CHART = 300;
const WIDTH = LEFT + CHART + 60;

/**
 * Draws how match weights add up, a row a line from the prior to the total, as SVG text that needs no script, font or network. Pure.
 * @param prior where the sum begins; no row of its own when it is 0
 * @param thresholds weights to mark with a dashed line, each with its name
 */
export function waterfall(lines: readonly WeightLine[], prior = 0, thresholds: readonly WeightLine[] = []): string {
	const steps = [...(prior === 0 ? [] : [{ label: 'Prior', weight: prior }]), ...lines];
	let sum = 0;
	const rows = steps.map(({ label, weight }) => ({ label, weight, from: sum, to: (sum += weight) }));
	const total = { label: 'Total', weight: sum, from: 0, to: sum };
	const reached = [0, ...rows.map(({ to }) => to), ...thresholds.map(({ weight }) => weight)];
	const [low, high] = [Math.min(...reached), Math.max(...reached)];
	const x = (weight: number) => round(LEFT + ((weight - low) / (high - low || 1)) * CHART);
	const height = (rows.length + 1 + (thresholds.length > 0 ? 1 : 0)) * ROW + 8;
	const bars = [...rows, total].map(({ label, weight, from, to }, index) => {
		const y = index * ROW + 6;
		const color = index === rows.length ? '#4a5568' : weight < 0 ? '#c53030' : '#2f855a';
		const bar = `<rect x="${Math.min(x(from), x(to))}" y="${y}" width="${round(Math.max(1, Math.abs(x(to) - x(from))))}" height="${ROW - 8}" fill="${color}"/>`;
		return `<text x="${LEFT - 8}" y="${y + 12}" text-anchor="end">${escape(short(label))}</text>${bar}<text x="${WIDTH - 4}" y="${y + 12}" text-anchor="end">${signed(weight)}</text>`;
	});
	const marks = thresholds.map(({ label, weight }) => {
		const line = `<line x1="${x(weight)}" x2="${x(weight)}" y1="2" y2="${height - ROW}" stroke="#718096" stroke-dasharray="4 3"/>`;
		return `${line}<text x="${x(weight)}" y="${height - 8}" text-anchor="middle">${escape(short(label))} ${signed(weight)}</text>`;
	});
	const zero = `<line x1="${x(0)}" x2="${x(0)}" y1="2" y2="${(rows.length + 1) * ROW + 4}" stroke="#a0aec0"/>`;
	const head = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" font-family="sans-serif" font-size="12">`;
	return `${head}<title>Match weights, total ${signed(sum)}</title><rect width="100%" height="100%" fill="#fff"/>${zero}${bars.join('')}${marks.join('')}</svg>`;
}

function signed(weight: number): string {
	return `${weight > 0 ? '+' : ''}${round(weight)}`;
}

function round(value: number): number {
	return Math.round(value * 100) / 100;
}

function short(label: string): string {
	const text = label.length > 42 ? `${label.slice(0, 41)}…` : label;
	// XML has no control characters and no halves of a character.
	return text.replace(/[\p{Cc}\p{Cs}]/gu, ' ');
}

function escape(text: string): string {
	return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
