import type { AttributeCompleteness, EntityCompleteness, MatchFigures } from './figures';
import { html, type Markup, share } from './markup';
import { bar, type Section } from './page-parts';
import { PLURAL } from './page-weights';
import type { RunFigures } from './run-figures';

export function completenessSection({ completeness }: Pick<MatchFigures, 'completeness'>, files: RunFigures['files']): Section {
	const columns = columnsByAttribute(files);
	const title = ({ entity, records }: EntityCompleteness) => (completeness.length > 1 ? html`<h3>${PLURAL[entity]}, ${records} records</h3>` : '');
	const body = html`<p class="quiet">How many records have a value that can be used.
A value that cannot be read, such as an email without @, is kept and does not count.</p>
<div class="key"><span><i style="background:var(--chart-speaksFor)"></i>can be used</span>
<span><i style="background:var(--chart-speaksAgainst)"></i>cannot be read</span></div>
${completeness.length === 0 ? html`<p>There are no records.</p>` : ''}
${completeness.map((entity) => [title(entity), table(entity, columns)])}
${columnLists(files)}`;
	return { id: 'completeness', title: 'Completeness', body };
}

function table({ records, attributes }: EntityCompleteness, columns: ReadonlyMap<string, string[]>): Markup {
	const hasColumns = attributes.some(({ name }) => columns.has(name));
	const row = ({ name, label, filled, unusable, distinct, more }: AttributeCompleteness) => html`<tr><th>${label}</th>
${hasColumns ? html`<td class="quiet">${columns.get(name)?.join(', ') ?? ''}</td>` : ''}
<td>${bar([[filled / records, 'speaksFor'], [unusable / records, 'speaksAgainst']])}</td><td class="n">${share(filled, records)}</td>
<td class="n">${unusable > 0 ? unusable : ''}</td><td class="n">${distinct}${more ? '+' : ''}</td><td>${remark(filled, distinct)}</td></tr>`;
	return html`<table><thead><tr><th>Attribute</th>${hasColumns ? html`<th>Column</th>` : ''}<th></th>
<th class="n">Filled</th><th class="n">Cannot be read</th><th class="n">Different values</th><th></th></tr></thead>
<tbody>${attributes.map(row)}</tbody></table>`;
}

/** What makes an attribute of no use for telling people apart. */
function remark(filled: number, distinct: number): Markup {
	return filled > 1 && distinct === 1 ? html`<span class="warn">always the same</span>` : html``;
}

/** What a column is read as that holds several attributes, or a part of one. */
const BECOMES: ReadonlyMap<string, readonly string[]> = new Map([
	['full_name', ['given_name', 'family_name', 'company_name']],
	...['full_address', 'street_number', 'address_2', 'address_3'].map((part): [string, string[]] => [part, ['street']]),
	...['birth_year', 'birth_month', 'birth_day'].map((part): [string, string[]] => [part, ['birth_date']]),
]);

function columnsByAttribute(files: RunFigures['files']): Map<string, string[]> {
	const columns = new Map<string, string[]>();
	for (const file of files) {
		for (const [column, attribute] of Object.entries(file.columns)) {
			for (const part of attribute === null ? [] : (BECOMES.get(attribute) ?? [attribute])) {
				const named = columns.get(part) ?? [];
				if (!named.includes(column)) columns.set(part, [...named, column]);
			}
		}
	}
	return columns;
}

function columnLists(files: RunFigures['files']): Markup {
	const rows = files.flatMap(({ file, columns }) =>
		Object.entries(columns).map(([column, attribute]) => {
			const taken = attribute ?? html`<span class="quiet">ignored</span>`;
			return html`<tr><td>${file}</td><td>${column}</td><td>${taken}</td></tr>`;
		}),
	);
	return html`<details><summary>What each column was taken for</summary>
<table><thead><tr><th>File</th><th>Column</th><th>Taken for</th></tr></thead><tbody>${rows}</tbody></table></details>`;
}
