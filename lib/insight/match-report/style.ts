import { PALETTE } from '../charts/palette';

const LIGHT = { ...PALETTE, page: '#f4f6f8', soft: '#eef1f5', same: '#e3f3ea', good: '#1f6b45', bad: '#a32f29', warn: '#8a5a06' };
const DARK: Record<keyof typeof LIGHT, string> = {
	...{ ink: '#e6e9ee', quiet: '#a3adba', line: '#303844', axis: '#5b6675', surface: '#1a2028', total: '#b6c2d1', neutral: '#66758a' },
	...{ speaksFor: '#3f9f6e', speaksAgainst: '#d9635c', unsure: '#d9a441', plain: '#6f97d1' },
	...{ page: '#11161c', soft: '#222a34', same: '#173326', good: '#69c797', bad: '#ef8d87', warn: '#e2b45c' },
};

const variables = (colors: Record<string, string>) => Object.entries(colors).map(([name, color]) => `--chart-${name}:${color}`).join(';');

/** Light and dark as the reader's system has it, light on paper. */
export const STYLE = `
:root{color-scheme:light dark;${variables(LIGHT)}}
@media (prefers-color-scheme:dark){:root{${variables(DARK)}}}
@media print{:root{color-scheme:light;${variables(LIGHT)}}}
*{box-sizing:border-box}
body{margin:0;background:var(--chart-page);color:var(--chart-ink);font:14px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
main{max-width:980px;margin:0 auto;padding:32px 20px 64px}
h1{font-size:26px;line-height:1.2;margin:0 0 4px}
h2{font-size:18px;margin:0 0 4px}
h3{font-size:14px;margin:18px 0 6px}
p{margin:0 0 12px;max-width:80ch}
.quiet{color:var(--chart-quiet)}
section,.tiles>div{background:var(--chart-surface);border:1px solid var(--chart-line);border-radius:8px}
section{padding:20px 24px;margin:16px 0;overflow-x:auto}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(135px,1fr));gap:12px;margin:20px 0}
.tiles>div{padding:12px 16px}
.tiles b{display:block;font-size:24px;line-height:1.25;font-variant-numeric:tabular-nums}
.tiles span{display:block}
.tiles small{display:block;color:var(--chart-quiet)}
nav{margin:8px 0 0;display:flex;flex-wrap:wrap;gap:4px 16px}
a{color:var(--chart-plain)}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
th,td{padding:5px 10px 5px 0;text-align:left;vertical-align:top;border-bottom:1px solid var(--chart-line);overflow-wrap:anywhere}
thead th{color:var(--chart-quiet);font-weight:500;font-size:12px;vertical-align:bottom;overflow-wrap:normal}
tbody tr:last-child>*{border-bottom:0}
tbody th{font-weight:500}
.n{text-align:right;white-space:nowrap}
svg{display:block;max-width:100%;height:auto}
.key{display:flex;flex-wrap:wrap;gap:4px 18px;margin:4px 0 8px;font-size:13px}
.key i{display:inline-block;width:11px;height:11px;border-radius:2px;margin-right:6px}
.bar{display:flex;height:10px;min-width:120px;background:var(--chart-soft);border-radius:3px;overflow:hidden;margin-top:6px}
.bar i{display:block;height:100%}
.pair{border-top:1px solid var(--chart-line);padding:16px 0 4px;margin-top:12px;break-inside:avoid}
.pair h3{margin:0 0 2px;font-size:15px}
.pair td.same,.pair td.same+td{background:var(--chart-same)}
.pair th{width:22%}
.pair td{width:39%;padding-left:8px}
.tag{display:inline-block;border:1px solid currentcolor;border-radius:99px;padding:0 9px;font-size:12px;font-weight:500;margin-left:8px;
  white-space:nowrap}
.good{color:var(--chart-good)}.bad{color:var(--chart-bad)}.warn{color:var(--chart-warn)}
code{font:12px ui-monospace,Menlo,Consolas,monospace}
table+p,table+details,details>table{margin-top:12px}
summary{cursor:pointer;color:var(--chart-quiet)}
tr{break-inside:avoid}
@media (max-width:600px){section{padding:16px}.pair th{width:28%}.pair td{width:36%}}
@media print{body{background:none}main{max-width:none;padding:0}section{border:0;padding:8px 0}nav{display:none}
  *{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
`.trim();
