import { chartText } from './chart-text';
import { draw, FONT } from './draw';
import { PALETTE } from './palette';

const HEIGHT = 220;

/** A bar a category, each with its count above it. SVG text. @param axis what the categories are */
export function countedBars(bars: readonly { label: string; count: number }[], axis: string, title: string, width = 880): string {
	const countAt = ({ dataIndex }: { dataIndex: number }) => (bars[dataIndex]?.count ?? 0).toLocaleString('en-US');
	return draw(
		{
			grid: { left: 24, right: 24, top: 28, bottom: 46 },
			xAxis: {
				type: 'category',
				data: bars.map(({ label }) => chartText(label, 30)),
				name: axis,
				nameLocation: 'middle',
				nameGap: 26,
				nameTextStyle: { ...FONT, fontSize: 11, color: PALETTE.quiet },
				axisLabel: { ...FONT, interval: 0, fontSize: 11 },
				axisLine: { lineStyle: { color: PALETTE.axis } },
				axisTick: { show: false },
			},
			yAxis: { type: 'value', min: 0, max: Math.max(1, ...bars.map(({ count }) => count)), axisLabel: { show: false }, splitLine: { show: false } },
			series: [
				{
					type: 'bar',
					silent: true,
					barMaxWidth: 56,
					barMinHeight: 1,
					itemStyle: { color: PALETTE.plain },
					data: bars.map(({ count }) => count),
					label: { show: true, position: 'top', ...FONT, formatter: countAt },
				},
			],
		},
		{ width, height: HEIGHT },
		title,
	);
}
