import { type EChartsCoreOption, init, use } from 'echarts/core';
import 'echarts/lib/chart/bar';
import 'echarts/lib/chart/custom';
import 'echarts/lib/component/gridSimple';
import 'echarts/lib/component/markLine';
import { SVGRenderer } from 'echarts/renderers';
import { chartText } from './chart-text';
import { PALETTE } from './palette';

// Each chart by its own file: the library's barrel would bring all of them along.
use([SVGRenderer]);

export interface Size {
	/** Pixels. */
	width: number;
	height: number;
}

export const FONT = { fontFamily: 'sans-serif', fontSize: 12, color: PALETTE.ink } as const;

/**
 * Draws a chart as SVG text that is well-formed XML and needs no script, font or network. The same input gives the same text.
 * @param title what a screen reader says of it
 */
export function draw(option: EChartsCoreOption, { width, height }: Size, title: string): string {
	const chart = init(null, null, { renderer: 'svg', ssr: true, width, height });
	try {
		chart.setOption({ animation: false, backgroundColor: PALETTE.surface, textStyle: FONT, ...option });
		return tidied(chart.renderToSVGString(), { width, height }, title);
	} finally {
		// A chart that is not disposed keeps the process alive.
		chart.dispose();
	}
}

/**
 * Takes out what is for scripts only: hover styles, whose names count up from one chart to the next, and marks on shapes.
 * Text has its angle brackets and quotes escaped, so that what looks like a tag or attribute here is one.
 */
function tidied(svg: string, { width, height }: Size, title: string): string {
	const start = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`;
	return svg
		.replace(/^<svg[^>]*>/, `${start}<title>${escape(chartText(title))}</title>`)
		.replace(/<style[^>]*>[^]*?<\/style>/g, '')
		.replace(/ (?:class|pointer-events|ecmeta_[a-z_]+)="[^"]*"/g, '')
		// The room that a label may take, for the pointer only.
		.replace(/<path d="[^"]*"(?: transform="[^"]*")? fill="none"><\/path>/g, '')
		.replace(/>\s+</g, '><')
		.trim();
}

function escape(text: string): string {
	return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
