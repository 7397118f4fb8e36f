import fc from 'fast-check';
import { ReadyRecords } from '../../../lib/identity/at-once/ready-records';
import { TextList } from '../../../lib/identity/at-once/text-list';

const digests = new Uint8Array(0);
const hashOf = (version: number) => `${version}`.padStart(32, '0').split('').reverse().join('');

test('what was kept last of a record comes back as it was, and only for its own version', () => {
	const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), fc.constant('x'.repeat(70_000)), fc.constant('𠮷'.repeat(3000)));
	fc.assert(
		fc.property(fc.array(fc.record({ no: fc.integer({ min: 1, max: 40 }), version: fc.nat(3), text: text.filter((one) => one.isWellFormed()) }), { maxLength: 60 }), (kept) => {
			const ready = new ReadyRecords('a model');
			const last = new Map<number, { version: number; text: string }>();
			for (const { no, version, text: said } of kept) {
				ready.keep(no, hashOf(version), { said, who: `\ud800 ${said}`, digests });
				last.set(no, { version, text: said });
			}
			for (let no = 1; no <= 40; no += 1) {
				const known = last.get(no);
				for (const version of [0, 1, 2, 3]) expect(ready.has(no, hashOf(version))).toBe(known?.version === version);
				if (known) expect([ready.said(no), ready.who(no)]).toEqual([known.text, `\ud800 ${known.text}`]);
				else expect(() => ready.said(no)).toThrow(`nothing was kept of record number ${no}`);
			}
		}),
		{ numRuns: 60 },
	);
});

test('a text that is longer than what is taken from the machine at a time has a place of its own', () => {
	const ready = new ReadyRecords('a model');
	const long = 'é'.repeat(12_000_000);
	ready.keep(1, hashOf(1), { said: 'short', who: '', digests });
	ready.keep(2, hashOf(1), { said: long, who: 'é', digests });
	ready.keep(3, hashOf(1), { said: 'short again', who: 'x', digests });
	expect([ready.said(1), ready.said(2) === long, ready.said(3)]).toEqual(['short', true, 'short again']);
});

test('texts come back as they were put, in this thread and from the memory that another one is given', () => {
	const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), fc.constantFrom('', '\0', '\ud800', '\u0001x'), fc.constant('𠮷'.repeat(900_000)));
	fc.assert(
		fc.property(fc.array(text, { maxLength: 40 }), (texts) => {
			const list = new TextList();
			for (const one of texts) list.push(one);
			const other = new TextList(structuredClone(list.shared()));
			for (const [place, one] of texts.entries()) expect([list.at(place) === one, other.at(place) === one]).toEqual([true, true]);
			expect([list.length, other.length]).toEqual([texts.length, texts.length]);
			expect(() => other.at(texts.length)).toThrow('there is no text');
		}),
		{ numRuns: 60 },
	);
});
