import { listed } from '../columns/listed';
import type { Input } from './input';
import { aligned, say, type Terminal } from '../terminal';
import { delimiterName } from '../csv/delimiter';

/** Says how a file is read and which column was taken for what. */
export function announce(terminal: Terminal, { csv, columns, fields, idColumn, sourceColumn, updatedColumn, isOfFuture, source, kinds }: Input): void {
	const remarks = [
		...(csv.encoding === 'utf-8' ? [] : [encodingRemark(csv.encoding)]),
		...(csv.delimiter === ',' ? [] : [`delimiter: ${delimiterName(csv.delimiter)}`]),
		...(csv.hasSeparatorLine ? ['its first line (sep=) is for Excel and no row'] : []),
		sourceColumn ? `"${sourceColumn.name}" names the source` : `source "${source}"`,
		kinds.explanation,
	];
	const roles = columns.filter(({ target }) => target === 'id' || target === 'source' || target === 'record_type' || target === 'updated_at');
	const taken = [
		...roles.map(({ name, target }) => [name, `-> ${ROLE_WORDS[target ?? ''] ?? target}`]),
		...fields.map(({ columns: parts, attribute }) => [parts.map(({ name }) => name).join(' + '), `-> ${attribute}`]),
	];
	const ignored = columns.filter(({ target }) => target === undefined);
	say(terminal, `${csv.path}: ${remarks.join('; ')}`, ...aligned(taken));
	if (ignored.length > 0) {
		const left = ignored.filter(({ because }) => because === undefined).map(({ name }) => name);
		const because = ignored.filter((column) => column.because !== undefined).map((column) => `${column.name} (${column.because})`);
		say(terminal, `  ignored: ${[...because, ...(left.length > 0 ? [listed(left)] : [])].join(', ')}`);
	}
	if (!idColumn) say(terminal, '  No column gives an ID, so the number of the row is used; name one with --id-column.');
	if (!updatedColumn) say(terminal, '  No column says when a row was changed, so the time of the file counts.');
	if (isOfFuture) say(terminal, '  The time of the file lies in the future, so the present counts as its time. Look at the clock of the machine that wrote it.');
}

const ROLE_WORDS: Readonly<Record<string, string>> = {
	id: 'ID of the record',
	source: 'source',
	record_type: 'person or company',
	updated_at: 'time of change',
};

function encodingRemark(encoding: string): string {
	if (encoding !== 'windows-1252') return `read as ${encoding.toUpperCase()}`;
	return 'not UTF-8, so read as Windows-1252 (Latin-1); where letters look wrong, save it as UTF-8 or name its --encoding';
}
