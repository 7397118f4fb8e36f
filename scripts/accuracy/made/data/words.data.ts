/** Short and pet forms by full name, as people use them. */
export const NICKNAMES: Readonly<Record<string, readonly string[]>> = {
	Alexander: ['Alex', 'Xander', 'Sasha'], Alexandra: ['Alex', 'Sandra'], Andrew: ['Andy', 'Drew'], Anthony: ['Tony'], Benjamin: ['Ben', 'Benny'],
	Charles: ['Charlie', 'Chuck'], Christopher: ['Chris', 'Topher'], Daniel: ['Dan', 'Danny'], David: ['Dave', 'Davy'], Donald: ['Don'],
	Edward: ['Ed', 'Eddie', 'Ted'], Eugene: ['Gene'], Frederick: ['Fred', 'Freddie'], Gerald: ['Gerry', 'Jerry'], Gregory: ['Greg'], Henry: ['Hank', 'Harry'],
	James: ['Jim', 'Jimmy', 'Jamie'], Jeffrey: ['Jeff'], John: ['Jack', 'Johnny'], Jonathan: ['Jon'], Joseph: ['Joe', 'Joey'], Joshua: ['Josh'],
	Kenneth: ['Ken', 'Kenny'], Lawrence: ['Larry'], Leonard: ['Leo', 'Lenny'], Matthew: ['Matt'], Michael: ['Mike', 'Mick'], Nathaniel: ['Nate', 'Nathan'],
	Nicholas: ['Nick', 'Nico'], Patrick: ['Pat', 'Paddy'], Peter: ['Pete'], Philip: ['Phil'], Raymond: ['Ray'], Richard: ['Rick', 'Dick', 'Richie'],
	Robert: ['Bob', 'Rob', 'Bobby'], Ronald: ['Ron', 'Ronnie'], Samuel: ['Sam'], Stephen: ['Steve'], Steven: ['Steve'], Theodore: ['Ted', 'Theo'],
	Thomas: ['Tom', 'Tommy'], Timothy: ['Tim'], Vincent: ['Vince'], Walter: ['Walt'], William: ['Bill', 'Will', 'Billy'], Zachary: ['Zach'],
	Abigail: ['Abby'], Amanda: ['Mandy'], Barbara: ['Barb', 'Babs'], Catherine: ['Cathy', 'Kate'], Christina: ['Tina', 'Chris'], Cynthia: ['Cindy'],
	Deborah: ['Debbie', 'Deb'], Dorothy: ['Dot', 'Dottie'], Eleanor: ['Ellie', 'Nora'], Elizabeth: ['Liz', 'Beth', 'Betty', 'Lisa'], Frances: ['Fran'],
	Jacqueline: ['Jackie'], Jennifer: ['Jen', 'Jenny'], Jessica: ['Jess'], Judith: ['Judy'], Katherine: ['Kathy', 'Kate', 'Katie'], Kimberly: ['Kim'],
	Margaret: ['Maggie', 'Peggy', 'Meg'], Nancy: ['Nan'], Pamela: ['Pam'], Patricia: ['Pat', 'Patty', 'Trish'], Rebecca: ['Becky'], Sandra: ['Sandy'],
	Stephanie: ['Steph'], Susan: ['Sue', 'Susie'], Theresa: ['Terry', 'Tess'], Victoria: ['Vicky', 'Tori'], Virginia: ['Ginny'],
	Johannes: ['Hannes', 'Hans'], Friedrich: ['Fritz'], Sebastian: ['Basti'], Katharina: ['Kathi', 'Käthe'], Elisabeth: ['Lisa', 'Elli'], Josef: ['Sepp', 'Jupp'],
	Maximilian: ['Max'], Wilhelm: ['Willi'], Joachim: ['Jochen', 'Achim'], Hildegard: ['Hilde'], Francisco: ['Paco', 'Fran'], José: ['Pepe'],
	Ignacio: ['Nacho'], Manuel: ['Manolo'], Rosario: ['Charo'], Dolores: ['Lola'], Guillermo: ['Memo'], Giuseppe: ['Beppe', 'Pino'], Luigi: ['Gigi'],
	Frédéric: ['Fred'], Valérie: ['Val'], Cornelis: ['Cees', 'Kees'], Hendrik: ['Henk'], Małgorzata: ['Gosia'], Katarzyna: ['Kasia'], Aleksandra: ['Ola'],
};

/** What people and programs put where a value has to be. */
export const PLACEHOLDERS = {
	email: ['test@test.com', 'none@none.com', 'noemail@noemail.com', 'na@na.com', 'unknown@unknown.com', 'no@email.com'],
	phone: ['000-000-0000', '0000000000', '111-111-1111', '999-999-9999', '123-456-7890', '1234567890', '000-000'],
	name: ['N/A', 'Unknown', '-', 'xxx', 'Test', 'none', '.'],
	birth: ['1900-01-01', '1970-01-01'],
	text: ['N/A', 'n/a', '-', 'unknown', 'NULL'],
};

export const ROLES = ['info', 'office', 'sales', 'contact', 'admin', 'hello', 'accounts', 'billing', 'support', 'team'];

/** Letters beside each other on a keyboard. */
export const NEIGHBOURS: Readonly<Record<string, string>> = {
	a: 'qsz', b: 'vgn', c: 'xdv', d: 'sfe', e: 'wrd', f: 'dgr', g: 'fht', h: 'gjy', i: 'uok', j: 'hku', k: 'jli', l: 'kop', m: 'njk', n: 'bmh', o: 'ipl',
	p: 'ol', q: 'wa', r: 'etf', s: 'adw', t: 'ryg', u: 'yij', v: 'cbf', w: 'qes', x: 'zcs', y: 'tuh', z: 'xas',
};

/** What a scanner takes for another. */
export const LOOK_ALIKES: readonly (readonly [string, string])[] = [
	['rn', 'm'], ['m', 'rn'], ['cl', 'd'], ['d', 'cl'], ['l', '1'], ['i', 'l'], ['o', '0'], ['O', '0'], ['S', '5'], ['B', '8'], ['e', 'c'], ['h', 'b'], ['vv', 'w'],
	['w', 'vv'], ['g', '9'], ['u', 'v'], ['n', 'ri'], ['t', 'f'], ['I', 'l'], ['Z', '2'], ['a', 'o'],
];
export const DIGIT_LOOK_ALIKES: readonly (readonly [string, string])[] = [
	['1', '7'], ['7', '1'], ['3', '8'], ['8', '3'], ['5', '6'], ['6', '5'], ['0', '6'], ['9', '4'], ['4', '9'], ['1', '4'], ['0', '8'],
];

/** What is heard alike. */
export const SOUND_ALIKES: readonly (readonly [string, string])[] = [
	['ph', 'f'], ['f', 'ph'], ['ck', 'k'], ['k', 'c'], ['c', 'k'], ['ie', 'y'], ['y', 'ie'], ['ey', 'y'], ['ei', 'ie'], ['ie', 'ei'], ['th', 't'], ['ee', 'ea'],
	['ea', 'ee'], ['z', 's'], ['s', 'z'], ['sch', 'sh'], ['sh', 'sch'], ['ll', 'l'], ['tt', 't'], ['nn', 'n'], ['n', 'nn'], ['ss', 's'], ['rr', 'r'], ['mm', 'm'],
	['ai', 'ay'], ['ay', 'ai'], ['x', 'ks'], ['qu', 'kw'], ['v', 'w'], ['w', 'v'], ['dt', 't'], ['gh', 'g'], ['ou', 'u'], ['oo', 'u'],
];
