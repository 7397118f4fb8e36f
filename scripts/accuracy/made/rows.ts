import { type Chance } from './chance';

export type Row = Record<string, string>;

/** One row of one file, who it is, and by what an honest reader could tell. */
export interface Made {
	file: string;
	row: Row;
	who: string;
	/** Values that the row shares with others of the same one: `mail:...`, `phone:...`; slips of the pen included, placeholders not. */
	facts: readonly string[];
}

/** What a generator gives: rows by file and who they are. */
export interface MadeData {
	files: ReadonlyMap<string, readonly Row[]>;
	/** `source` is the file's name without its ending. */
	truth: readonly { source: string; source_id: string; person_id: string }[];
}

/** Rows of one that nothing ties to its other rows, and rows that say nothing of who it is, are taken out, but for a few: nobody could ever know. */
export function fair(made: readonly Made[], chance: Chance, kept = 0.02): Made[] {
	const groups = new Map<string, Made[]>();
	for (const one of made.filter(({ facts }) => facts.length > 0 || chance.hit(kept))) groups.set(one.who, [...(groups.get(one.who) ?? []), one]);
	return [...groups.values()].flatMap((group) => {
		const parts: Made[][] = [];
		for (const one of group) {
			const touching = parts.filter((part) => part.some(({ facts }) => facts.some((fact) => one.facts.includes(fact))));
			for (const part of touching) parts.splice(parts.indexOf(part), 1);
			parts.push([...touching.flat(), one]);
		}
		const [first = [], ...others] = parts.sort((x, y) => y.length - x.length);
		return [...first, ...others.flat().filter(() => chance.hit(kept))];
	});
}

/** Shuffles the rows into their files and numbers them there as that system does. */
export function filed(made: readonly Made[], chance: Chance, idOf: Readonly<Record<string, { column: string; id: (no: number) => string }>>): MadeData {
	const files = new Map<string, Row[]>(Object.keys(idOf).map((file) => [file, []]));
	const truth: { source: string; source_id: string; person_id: string }[] = [];
	for (const { file, row, who } of chance.shuffled(made)) {
		const rows = files.get(file);
		const naming = idOf[file];
		if (!rows || !naming) throw new Error(`no file ${file} was announced`);
		const id = naming.id(rows.length + 1);
		rows.push({ [naming.column]: id, ...row });
		truth.push({ source: file, source_id: id, person_id: who });
	}
	return { files, truth };
}

/** How many rows one has: most have one, few have five. */
export function copies(chance: Chance, shares: readonly number[] = [0.62, 0.22, 0.1, 0.04, 0.02]): number {
	let left = chance.unit();
	const place = shares.findIndex((share) => (left -= share) < 0);
	return place < 0 ? shares.length : place + 1;
}

/** The mean of {@link copies}. */
export function meanCopies(shares: readonly number[] = [0.62, 0.22, 0.1, 0.04, 0.02]): number {
	return shares.reduce((sum, share, index) => sum + share * (index + 1), 0);
}
