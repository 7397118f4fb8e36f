/** What an element of an array is to the database: its number in `pg_type`, how many bytes it takes, and how it is written. */
interface ElementType<Element> {
	oid: number;
	size: (element: Element) => number;
	write: (into: Buffer, element: Element, at: number) => void;
}

/** https://github.com/postgres/postgres/blob/master/src/include/catalog/pg_type.dat */
const TYPES: Readonly<Record<string, ElementType<never>>> = {
	text: {
		oid: 25,
		size: (text: string) => Buffer.byteLength(text),
		write: (into: Buffer, text: string, at: number) => void into.write(text, at),
	},
	bigint: {
		oid: 20,
		size: () => 8,
		write: (into: Buffer, number: number, at: number) => {
			// Numbers of rows are far below 2^53; a BigInt for each would cost more than all the rest.
			into.writeInt32BE(Math.floor(number / 2 ** 32), at);
			into.writeUInt32BE(number - Math.floor(number / 2 ** 32) * 2 ** 32, at + 4);
		},
	},
	boolean: { oid: 16, size: () => 1, write: (into: Buffer, flag: boolean, at: number) => void into.writeUInt8(flag ? 1 : 0, at) },
	float8: { oid: 701, size: () => 8, write: (into: Buffer, number: number, at: number) => void into.writeDoubleBE(number, at) },
};

const HEADER = 20;
const NULL_LENGTH = -1;

/**
 * A list as the binary form of an array of one dimension. As text every element would be quoted here and read again there.
 * @param type of the elements, as it stands in the statement; undefined is answered where it is none of those that are known here
 */
export function binaryArray(list: readonly unknown[], type: string): Buffer | undefined {
	const element = TYPES[type] as ElementType<unknown> | undefined;
	if (!element) return undefined;
	let [size, hasNull] = [HEADER, 0];
	for (const one of list) {
		size += 4;
		if (one === null || one === undefined) hasNull = 1;
		else size += element.size(one);
	}
	const into = Buffer.allocUnsafe(size);
	// Dimensions; whether there is a null; type; length; number of the first element.
	[list.length === 0 ? 0 : 1, hasNull, element.oid, list.length, 1].forEach((number, place) => into.writeInt32BE(number, place * 4));
	let at = HEADER;
	for (const one of list) {
		const isNull = one === null || one === undefined;
		const length = isNull ? 0 : element.size(one);
		into.writeInt32BE(isNull ? NULL_LENGTH : length, at);
		if (!isNull) element.write(into, one, at + 4);
		at += 4 + length;
	}
	return list.length === 0 ? into.subarray(0, 12) : into;
}

const ARRAYS = /\$(\d+)::([a-z0-9 ]+)\[\]/g;
const known = new Map<string, ReadonlyMap<number, string>>();

/** Types of the elements of a statement's arrays, by place from 0, where the statement names them. */
export function arrayTypes(sql: string): ReadonlyMap<number, string> {
	let types = known.get(sql);
	if (!types) {
		types = new Map([...sql.matchAll(ARRAYS)].map(([, place, type]) => [Number(place) - 1, String(type)]));
		known.set(sql, types);
	}
	return types;
}
