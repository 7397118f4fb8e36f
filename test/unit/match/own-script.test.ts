import { packComparable, type PackedComparable, unpackComparable } from '../../../lib/match';
import type { PersonFields } from '../identity/given';
import { model, outcomeOf, pairOf } from './given';

const SATO = { family: '佐藤', email: 'sato84@acorn-mail.com' };
const KANA = { family: 'サトウ', email: 'sato84@acorn-mail.com' };

test.each<[string, PersonFields, PersonFields]>([
	['kana and kanji', { ...KANA, given: 'タロウ' }, { ...SATO, given: '太郎' }],
	['hiragana and kanji beside one family name', { ...SATO, given: 'さくら' }, { ...SATO, given: '咲良' }],
	['the whole name in one field', { name: 'サトウタロウ', email: SATO.email }, { ...SATO, given: '太郎' }],
	['one telephone in place of the mailbox', { given: 'タロウ', family: 'サトウ', phone: '+1 212 642 8891' }, { given: '太郎', family: '佐藤', phone: '+1 212 642 8891' }],
	['Hangul and Hanja', { given: '민수', family: '김', email: 'kim84@acorn-mail.com' }, { given: '敏洙', family: '金', email: 'kim84@acorn-mail.com' }],
])('a name in two scripts that nobody can read by their letters is a question: %s', (_what, x, y) => {
	expect(outcomeOf(...pairOf(x, y))).toBe('review');
});

test.each<[string, PersonFields, PersonFields]>([
	['a number of their own', { ...KANA, given: 'タロウ', customerNo: '1001' }, { ...SATO, given: '太郎', customerNo: '1001' }],
	['the birthday', { ...KANA, given: 'タロウ', born: '1984-02-03' }, { ...SATO, given: '太郎', born: '1984-02-03' }],
])('%s says that the two are one', (_what, x, y) => {
	expect(outcomeOf(...pairOf(x, y))).toBe('match');
});

test('a record in kana says the same after it was kept as a text', () => {
	for (const one of pairOf({ ...SATO, given: 'さくら' }, { ...KANA, given: 'Sakura' })) {
		const kept = JSON.parse(JSON.stringify(packComparable(one))) as PackedComparable;
		expect(unpackComparable(kept, one.no, one.ref, model)).toEqual(one);
	}
});
