import type { CustomSeriesOption } from 'echarts/charts';
import { chartText, probabilityText, signedWeight } from './charts/chart-text';
import { draw, FONT } from './charts/draw';
import { labelLines } from './charts/label-lines';
import { PALETTE } from './charts/palette';
import { thresholdMarks, weightAxis } from './charts/threshold-marks';

/** One step of a sum of match weights (log2 Bayes factors). */
export interface WeightLine {
	label: string;
	weight: number;
}

interface Bar extends WeightLine {
	from: number;
	to: number;
	color: string;
	text: string;
}

const ROW = 26;
const WIDTH = 720;
const LEFT = 268;
const RIGHT = 20;
const BAR = 16;
/** Least length of the axis, in bits. */
const SHORTEST = 0.1;
/** Two lines of a label. */
const LABEL = 78;
/** Pixels beside the furthest bar, for the figure that stands there; the last one has a probability with it. */
const FIGURE = 60;
const LAST_FIGURE = 124;

/**
 * Draws how match weights add up, a row a line from the prior to the total, as SVG text that needs no script, font or network. Pure.
 * @param prior where the sum begins; no row of its own when it is 0
 * @param thresholds weights to mark with a dashed line, each with its name
 */
export function waterfall(lines: readonly WeightLine[], prior = 0, thresholds: readonly WeightLine[] = []): string {
	const bars = barsOf(lines, prior);
	const sum = bars.at(-1)?.to ?? 0;
	const reached = [0, ...bars.map(({ to }) => to), ...thresholds.map(({ weight }) => weight)];
	const [low, high] = [Math.min(...reached), Math.max(...reached)];
	const [before, behind] = [prior !== 0 && sum < 0 ? LAST_FIGURE : FIGURE, prior !== 0 && sum >= 0 ? LAST_FIGURE : FIGURE];
	const pixel = Math.max(high - low, SHORTEST) / (WIDTH - LEFT - RIGHT - before - behind);
	const top = thresholds.length > 0 ? 30 : 10;
	const height = top + bars.length * ROW + 46;
	const option = {
		grid: { left: LEFT, right: RIGHT, top, height: bars.length * ROW },
		xAxis: weightAxis(low - before * pixel, high + behind * pixel),
		yAxis: {
			type: 'category',
			inverse: true,
			data: bars.map(({ label }) => labelLines(label, LEFT - 20)),
			axisLabel: { ...FONT, interval: 0, lineHeight: 13, margin: 12 },
			axisLine: { show: false },
			axisTick: { show: false },
		},
		series: [barSeries(bars, thresholds), figureSeries(bars)],
	};
	return draw(option, { width: WIDTH, height }, `Match weights, total ${signedWeight(sum)}`);
}

function barsOf(lines: readonly WeightLine[], prior: number): Bar[] {
	let sum = 0;
	const add = ({ label, weight }: WeightLine, color: string): Bar => {
		const from = sum;
		sum += weight;
		return { label: chartText(label, LABEL), weight, from, to: sum, color, text: signedWeight(weight) };
	};
	const bars = [
		...(prior === 0 ? [] : [add({ label: 'Prior', weight: prior }, PALETTE.neutral)]),
		...lines.map((line) => add(line, line.weight < 0 ? PALETTE.speaksAgainst : PALETTE.speaksFor)),
	];
	// Without a prior the sum is no odds, and stands for no probability.
	const probability = prior === 0 ? '' : `  (${probabilityText(sum)})`;
	return [...bars, { label: 'Total', weight: sum, from: 0, to: sum, color: PALETTE.total, text: `${signedWeight(sum)}${probability}` }];
}

function barSeries(bars: readonly Bar[], thresholds: readonly WeightLine[]): CustomSeriesOption {
	return {
		type: 'custom',
		silent: true,
		data: bars.map(({ to }, index) => [to, index]),
		encode: { x: 0, y: 1 },
		renderItem: ({ dataIndex }, api) => {
			const bar = bars[dataIndex];
			if (!bar) return null;
			const [start = 0, y = 0] = api.coord([bar.from, dataIndex]);
			const [end = 0] = api.coord([bar.to, dataIndex]);
			const bridge = { type: 'line' as const, shape: { x1: end, x2: end, y1: y, y2: y + ROW }, style: { stroke: PALETTE.axis, lineWidth: 1 } };
			const shape = { x: Math.min(start, end), y: y - BAR / 2, width: Math.max(Math.abs(end - start), 1), height: BAR };
			return { type: 'group', children: [...(dataIndex < bars.length - 1 ? [bridge] : []), { type: 'rect', shape, style: { fill: bar.color } }] };
		},
		markLine: thresholdMarks(thresholds, 'start'),
	};
}

/** The signed weight beside each bar: a series of its own, so that it stands in front of the thresholds' lines. */
function figureSeries(bars: readonly Bar[]): CustomSeriesOption {
	return {
		type: 'custom',
		silent: true,
		z: 10,
		data: bars.map(({ to }, index) => [to, index]),
		encode: { x: 0, y: 1 },
		renderItem: ({ dataIndex }, api) => {
			const bar = bars[dataIndex];
			if (!bar) return null;
			const backwards = bar.weight < 0;
			const [end = 0, y = 0] = api.coord([backwards ? Math.min(bar.from, bar.to) : Math.max(bar.from, bar.to), dataIndex]);
			return {
				type: 'text',
				x: end + (backwards ? -6 : 6),
				y,
				style: {
					...{ text: bar.text, fill: PALETTE.ink, stroke: PALETTE.surface, lineWidth: 3, fontFamily: FONT.fontFamily, fontSize: FONT.fontSize },
					...{ fontWeight: dataIndex === bars.length - 1 ? 'bold' : 'normal', align: backwards ? 'right' : 'left', verticalAlign: 'middle' },
				},
			};
		},
	};
}
