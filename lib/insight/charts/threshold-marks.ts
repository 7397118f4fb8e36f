import type { CustomSeriesOption } from 'echarts/charts';
import { chartText, signedWeight } from './chart-text';
import { FONT } from './draw';
import { PALETTE } from './palette';

type Marks = NonNullable<CustomSeriesOption['markLine']>;

/**
 * Dashed lines at match weights, each with its name at the top, and a plain one at zero.
 * @param top which end of a line is at the top: its start where the other axis counts downwards
 */
export function thresholdMarks(thresholds: readonly { label: string; weight: number }[], top: 'start' | 'end'): Marks {
	const ordered = [...thresholds].sort((x, y) => x.weight - y.weight);
	return {
		silent: true,
		symbol: 'none',
		animation: false,
		lineStyle: { color: PALETTE.quiet, type: [4, 3], width: 1 },
		data: [
			{ xAxis: 0, lineStyle: { color: PALETTE.axis, type: 'solid' }, label: { show: false } },
			...ordered.map(({ label, weight }, index) => ({
				xAxis: weight,
				label: {
					...FONT,
					fontSize: 11,
					color: PALETTE.quiet,
					formatter: () => `${chartText(label, 40)} ${signedWeight(weight)}`,
					position: top,
					distance: 8,
					// The lower one's name ends at its line and the upper one's begins there, so that two that are close don't cover each other.
					align: index === 0 && ordered.length > 1 ? ('right' as const) : ('left' as const),
				},
			})),
		],
	};
}

/** A quiet horizontal axis of match weights. Its ends are where the picture ends, and so carry no figure. */
export function weightAxis(min: number, max: number) {
	return {
		type: 'value' as const,
		min,
		max,
		name: 'match weight (log2 of the odds)',
		nameLocation: 'middle' as const,
		nameGap: 24,
		nameTextStyle: { ...FONT, fontSize: 11, color: PALETTE.quiet },
		axisLabel: { ...FONT, fontSize: 11, color: PALETTE.quiet, showMinLabel: false, showMaxLabel: false, hideOverlap: true },
		axisLine: { show: false },
		axisTick: { show: false },
		splitLine: { lineStyle: { color: PALETTE.line }, showMinLine: false, showMaxLine: false },
	};
}
