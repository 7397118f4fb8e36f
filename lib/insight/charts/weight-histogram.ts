import type { CustomSeriesOption } from 'echarts/charts';
import { draw, FONT } from './draw';
import { PALETTE } from './palette';
import { thresholdMarks, weightAxis } from './threshold-marks';

export interface HistogramBin {
	/** Match weight where the bin begins. */
	from: number;
	/** Pairs of each series, in the order of `colors`. */
	counts: readonly number[];
}

const SIZE = { width: 880, height: 300 };

/**
 * Pairs by match weight, the series on top of each other, with the thresholds marked. SVG text.
 * @param logarithmic for one series only: parts of a bar on such a scale say nothing
 */
export function weightHistogram(
	bins: readonly HistogramBin[],
	width: number,
	colors: readonly string[],
	thresholds: readonly { label: string; weight: number }[],
	title: string,
	logarithmic = false,
): string {
	const height = (count: number) => (logarithmic ? Math.log10(1 + count) : count);
	const [first, last] = [bins[0]?.from ?? 0, (bins.at(-1)?.from ?? 0) + width];
	// Room for the name of a threshold that stands in the first bin.
	const beside = Math.max(width, (last - first) * 0.08);
	const series: CustomSeriesOption = {
		type: 'custom',
		silent: true,
		data: bins.map(({ from, counts }) => [from, height(counts.reduce((sum, count) => sum + count, 0))]),
		encode: { x: 0, y: 1 },
		renderItem: ({ dataIndex }, api) => {
			const bin = bins[dataIndex];
			if (!bin) return null;
			let below = 0;
			const rects = bin.counts.flatMap((count, index) => {
				if (count === 0) return [];
				const [left = 0, base = 0] = api.coord([bin.from, height(below)]);
				const [right = 0, top = 0] = api.coord([bin.from + width, height((below += count))]);
				const shape = { x: left + 0.5, y: top, width: Math.max(right - left - 1, 1), height: Math.max(base - top, 0.5) };
				return [{ type: 'rect' as const, shape, style: { fill: colors[index] } }];
			});
			return { type: 'group', children: rects };
		},
		markLine: thresholdMarks(thresholds, 'end'),
	};
	return draw(
		{
			grid: { left: 76, right: 24, top: 30, bottom: 46 },
			xAxis: weightAxis(first - beside, last + width),
			yAxis: {
				type: 'value',
				min: 0,
				minInterval: 1,
				name: 'pairs',
				nameLocation: 'middle',
				nameGap: 52,
				nameTextStyle: { ...FONT, fontSize: 11, color: PALETTE.quiet },
				axisLabel: { ...FONT, fontSize: 11, color: PALETTE.quiet, formatter: logarithmic ? powerOfTen : inGroups },
				axisLine: { show: false },
				axisTick: { show: false },
				splitLine: { lineStyle: { color: PALETTE.line } },
			},
			series: [series],
		},
		SIZE,
		title,
	);
}

function powerOfTen(exponent: number): string {
	return exponent === 0 ? '0' : inGroups(10 ** exponent);
}

function inGroups(value: number): string {
	return value.toLocaleString('en-US');
}
