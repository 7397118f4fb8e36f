/** How people of one country are named, write their phone numbers and get their mail. */
export interface LandFacts {
	/** Name of the locale in faker. */
	locale: string;
	/** ISO 3166 alpha-2. */
	country: string;
	/** How forms and exports write the country. */
	countryNames: readonly string[];
	dialling: string;
	/** Written before a number inside the country. */
	trunk: string;
	/** National numbers without trunk: `#` any digit, `!` 2 to 9. */
	mobiles: readonly string[];
	landlines: readonly string[];
	mailDomains: readonly string[];
	/** Wives who take the husband's name. */
	marriedName: number;
	numberFirst: boolean;
}

const GLOBAL_MAIL = ['gmail.com', 'gmail.com', 'gmail.com', 'hotmail.com', 'outlook.com', 'yahoo.com', 'icloud.com'];
const mail = (...more: string[]) => [...GLOBAL_MAIL, ...more];

export const LANDS = {
	us: {
		locale: 'en_US', country: 'US', countryNames: ['US', 'USA', 'United States'], dialling: '1', trunk: '',
		mobiles: ['212!######', '415!######', '312!######', '713!######', '602!######', '215!######', '404!######', '206!######', '303!######', '617!######', '512!######', '614!######'],
		landlines: ['212!######', '415!######', '312!######', '713!######', '602!######', '503!######', '816!######'],
		mailDomains: mail('aol.com', 'comcast.net', 'yahoo.com', 'verizon.net', 'msn.com'), marriedName: 0.75, numberFirst: true,
	},
	gb: {
		locale: 'en_GB', country: 'GB', countryNames: ['GB', 'UK', 'United Kingdom'], dialling: '44', trunk: '0',
		mobiles: ['7400######', '7711######', '7812######', '7900######', '7533######'], landlines: ['161496####', '121496####', '2079######', '113496####'],
		mailDomains: mail('btinternet.com', 'hotmail.co.uk', 'yahoo.co.uk', 'sky.com'), marriedName: 0.75, numberFirst: true,
	},
	de: {
		locale: 'de', country: 'DE', countryNames: ['DE', 'Deutschland', 'Germany'], dialling: '49', trunk: '0',
		mobiles: ['151########', '160#######', '170#######', '171#######', '172#######', '1761#######'], landlines: ['30!#######', '89!#######', '40!#######', '221!######', '69!#######'],
		mailDomains: mail('gmx.de', 'web.de', 't-online.de', 'gmx.net', 'freenet.de'), marriedName: 0.7, numberFirst: false,
	},
	fr: {
		locale: 'fr', country: 'FR', countryNames: ['FR', 'France'], dialling: '33', trunk: '0',
		mobiles: ['6########', '7!#######'], landlines: ['1########', '4########'],
		mailDomains: mail('orange.fr', 'free.fr', 'wanadoo.fr', 'laposte.net'), marriedName: 0.7, numberFirst: true,
	},
	es: {
		locale: 'es', country: 'ES', countryNames: ['ES', 'España', 'Spain'], dialling: '34', trunk: '',
		mobiles: ['6########', '6########', '7!#######'], landlines: ['91#######', '93#######', '95#######'],
		mailDomains: mail('hotmail.es', 'yahoo.es', 'telefonica.net'), marriedName: 0, numberFirst: false,
	},
	it: {
		locale: 'it', country: 'IT', countryNames: ['IT', 'Italia', 'Italy'], dialling: '39', trunk: '',
		mobiles: ['32########', '33########', '34########'], landlines: ['06########', '02########'],
		mailDomains: mail('libero.it', 'virgilio.it', 'tiscali.it'), marriedName: 0.05, numberFirst: false,
	},
	pl: {
		locale: 'pl', country: 'PL', countryNames: ['PL', 'Polska', 'Poland'], dialling: '48', trunk: '',
		mobiles: ['50#######', '60#######', '69#######', '79#######'], landlines: ['22#######', '12#######'],
		mailDomains: mail('wp.pl', 'onet.pl', 'o2.pl', 'interia.pl'), marriedName: 0.8, numberFirst: false,
	},
	nl: {
		locale: 'nl', country: 'NL', countryNames: ['NL', 'Nederland', 'Netherlands'], dialling: '31', trunk: '0',
		mobiles: ['61#######', '62#######', '65#######'], landlines: ['20!######', '10!######', '30!######'],
		mailDomains: mail('ziggo.nl', 'kpnmail.nl', 'xs4all.nl', 'live.nl'), marriedName: 0.4, numberFirst: false,
	},
	se: {
		locale: 'sv', country: 'SE', countryNames: ['SE', 'Sverige', 'Sweden'], dialling: '46', trunk: '0',
		mobiles: ['70!######', '73!######', '76!######'], landlines: ['8!#######', '31!######'],
		mailDomains: mail('telia.com', 'hotmail.se', 'live.se'), marriedName: 0.5, numberFirst: false,
	},
	br: {
		locale: 'pt_BR', country: 'BR', countryNames: ['BR', 'Brasil', 'Brazil'], dialling: '55', trunk: '',
		mobiles: ['119########', '219########', '319########', '719########', '819########'], landlines: ['113#######', '213#######', '313#######'],
		mailDomains: mail('uol.com.br', 'bol.com.br', 'terra.com.br', 'hotmail.com'), marriedName: 0.4, numberFirst: false,
	},
	tr: {
		locale: 'tr', country: 'TR', countryNames: ['TR', 'Türkiye', 'Turkey'], dialling: '90', trunk: '0',
		mobiles: ['532#######', '542#######', '505#######', '555#######'], landlines: ['2124######', '3124######'],
		mailDomains: mail('hotmail.com', 'mynet.com'), marriedName: 0.8, numberFirst: false,
	},
	vn: {
		locale: 'vi', country: 'VN', countryNames: ['VN', 'Việt Nam', 'Vietnam'], dialling: '84', trunk: '0',
		mobiles: ['90#######', '91#######', '98#######', '35#######'], landlines: ['2438######', '2838######'],
		mailDomains: mail('yahoo.com.vn'), marriedName: 0, numberFirst: true,
	},
	cn: {
		locale: 'zh_CN', country: 'CN', countryNames: ['CN', 'China', '中国'], dialling: '86', trunk: '',
		mobiles: ['138########', '139########', '186########', '150########'], landlines: ['10!#######', '21!#######'],
		mailDomains: ['qq.com', 'qq.com', '163.com', '126.com', 'gmail.com', 'sina.com'], marriedName: 0, numberFirst: false,
	},
	jp: {
		locale: 'ja', country: 'JP', countryNames: ['JP', 'Japan', '日本'], dialling: '81', trunk: '0',
		mobiles: ['90!#######', '80!#######', '70!#######'], landlines: ['33######', '66######'].map((text) => `${text}#`),
		mailDomains: ['gmail.com', 'yahoo.co.jp', 'docomo.ne.jp', 'ezweb.ne.jp', 'outlook.jp'], marriedName: 0.95, numberFirst: false,
	},
	kr: {
		locale: 'ko', country: 'KR', countryNames: ['KR', 'Korea', '대한민국'], dialling: '82', trunk: '0',
		mobiles: ['10!#######'], landlines: ['2!#######', '31!######'],
		mailDomains: ['naver.com', 'naver.com', 'gmail.com', 'hanmail.net', 'daum.net'], marriedName: 0, numberFirst: false,
	},
	sa: {
		locale: 'ar', country: 'SA', countryNames: ['SA', 'Saudi Arabia', 'KSA'], dialling: '966', trunk: '0',
		mobiles: ['50#######', '53#######', '55#######', '56#######'], landlines: ['112######', '126######'],
		mailDomains: mail(), marriedName: 0, numberFirst: true,
	},
	ru: {
		locale: 'ru', country: 'RU', countryNames: ['RU', 'Russia', 'Россия'], dialling: '7', trunk: '8',
		mobiles: ['903#######', '916#######', '925#######', '962#######'], landlines: ['495!######', '812!######'],
		mailDomains: ['mail.ru', 'yandex.ru', 'gmail.com', 'bk.ru', 'rambler.ru'], marriedName: 0.85, numberFirst: false,
	},
} as const satisfies Record<string, LandFacts>;

export type LandCode = keyof typeof LANDS;
