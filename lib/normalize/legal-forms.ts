/** Legal forms as folded words; a form of several letters with dots or spaces (`S. A.`) is joined before it is looked up. */
export const LEGAL_FORMS: ReadonlySet<string> = new Set([
	// English
	'inc', 'incorporated', 'corp', 'corporation', 'co', 'company', 'llc', 'llp', 'lllp', 'lp', 'ltd', 'limited', 'plc', 'pllc', 'pc', 'pty', 'pte',
	'pvt', 'private',
	'cic', 'ulc', 'unlimited', 'bhd', 'sdn', 'tbk',
	// German
	'gmbh', 'ggmbh', 'mbh', 'ag', 'akg', 'ug', 'haftungsbeschrankt', 'kg', 'kgaa', 'gesmbh', 'ohg', 'ohne', 'gbr', 'ev', 'eg', 'ek', 'ekfr', 'partg',
	'partgmbb', 'aktiengesellschaft', 'se',
	// French
	'sarl', 'sa', 'sas', 'sasu', 'snc', 'sci', 'eurl', 'scop', 'scrl', 'sprl', 'srl', 'gie',
	// Spanish, Portuguese
	'sl', 'slu', 'slp', 'sau', 'sac', 'sapi', 'cv', 'ltda', 'lda', 'eireli', 'epp', 'scl',
	// Italian
	'spa', 'sagl', 'srls', 'sapa', 'scarl', 'sapas',
	// Dutch, Nordic
	'bv', 'bvba', 'nv', 'vof', 'cvba', 'oy', 'oyj', 'ab', 'publ', 'as', 'asa', 'aps', 'ans', 'hf', 'ehf', 'ks', 'ivs',
	// Central and Eastern Europe
	'zoo', 'spzoo', 'spolka', 'spj', 'spk', 'sro', 'kft', 'zrt', 'nyrt', 'bt', 'doo', 'dd', 'ad', 'ood', 'eood', 'ooo', 'oao', 'zao', 'pao', 'ao',
	'tov', 'uab', 'sia', 'ou',
	// Greece, Turkey, Asia
	'ae', 'epe', 'ike', 'tnhh',
	'sti', 'kk', 'gk', 'kabushiki', 'kaisha', 'pt', 'jsc', 'ojsc', 'pjsc', 'cjsc', 'fze', 'fzco', 'fzc', 'wll',
]);
/** Written before the name: `OOO Romashka`, `PT Telkom`. */
export const LEADING_FORMS: ReadonlySet<string> = new Set(['ooo', 'oao', 'zao', 'pao', 'ao', 'tov', 'pt', 'uab', 'sia', 'firma', 'oy', 'the']);
/** Several words that are one legal form, folded. */
export const LEGAL_PHRASES: readonly string[] = [
	'gesellschaft mit beschrankter haftung', 'sociedad anonima', 'sociedad limitada', 'societe anonyme', 'societe a responsabilite limitee',
	'societa per azioni',
	'societa a responsabilita limitata', 'sociedade anonima', 's p z o o', 'sp z o o', 'spolka z ograniczona odpowiedzialnoscia', 'spolka akcyjna',
	'besloten vennootschap', 'naamloze vennootschap', 'de c v', 'de cv', 'kabushiki kaisha', 'kabushiki gaisha', 'limited liability company',
	'public limited company', 'open joint stock company', 'public joint stock company', 'joint stock company',
	'private limited company', 'societatea cu raspundere limitata', 'aktsionernoe obshchestvo', 'obshchestvo s ogranichennoy otvetstvennostyu',
	'haftungsbeschrankt', 'ges m b h', 'cong ty trach nhiem huu han', 'cong ty tnhh', 'cong ty co phan',
];
/** Forms in other scripts, taken away before the name is transliterated. */
export const NATIVE_FORMS = new RegExp([
	'\u682A\u5F0F\u4F1A\u793E',
	'\u6709\u9650\u4F1A\u793E',
	'\u5408\u540C\u4F1A\u793E',
	'\\(\u682A\\)',
	'\u80A1\u4EFD\u6709\u9650\u516C\u53F8',
	'\u6709\u9650\u8D23\u4EFB\u516C\u53F8',
	'\u6709\u9650\u516C\u53F8',
	'\uC8FC\uC2DD\uD68C\uC0AC',
	'\\(\uC8FC\\)',
	// Hebrew, Arabic, Thai
	'\u05D1\u05E2["\u05F4\u201D\u2019\']{1,2}\u05DE',
	'(?<![\\p{L}])\u0634\u0631\u0643\u0629(?![\\p{L}])',
	'(?<![\\p{L}])[\u0634\u0630]\\.?\\s?\u0645\\.?\\s?[\u0645\u062E]\\.?(?![\\p{L}])',
	'\u0E1A\u0E23\u0E34\u0E29\u0E31\u0E17',
	'\u0E08\u0E4D\u0E32\u0E01\u0E31\u0E14',
	'\\(\u0E21\u0E2B\u0E32\u0E0A\u0E19\\)',
].join('|'), 'gu');
