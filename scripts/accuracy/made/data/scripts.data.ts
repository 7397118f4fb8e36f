/** A name in its own script and its usual Latin spellings, the commonest first. Written `native Latin/Latin`, one a comma. */
export interface Form {
	native: string;
	latin: readonly string[];
}

function forms(text: string): Form[] {
	return text.split(',').map((entry) => {
		const [native = '', latin = ''] = entry.trim().split(/ (.*)/);
		return { native, latin: latin.split('/') };
	});
}

export const CHINESE = {
	families: forms(
		'王 Wang/Wong,李 Li/Lee,张 Zhang/Chang/Cheung,刘 Liu/Lau,陈 Chen/Chan,杨 Yang/Yeung,黄 Huang/Wong,赵 Zhao/Chao,吴 Wu/Ng,周 Zhou/Chow/Chou,徐 Xu/Hsu,孙 Sun,马 Ma,朱 Zhu/Chu,' +
			'胡 Hu,郭 Guo/Kwok/Kuo,何 He/Ho,林 Lin/Lam,罗 Luo/Lo,高 Gao/Kao,郑 Zheng/Cheng,梁 Liang/Leung,谢 Xie/Tse/Hsieh,宋 Song/Sung,唐 Tang/Tong,许 Xu/Hui,邓 Deng/Tang,冯 Feng/Fung,' +
			'韩 Han,曹 Cao/Tsao,曾 Zeng/Tsang,彭 Peng/Pang,萧 Xiao/Siu,蔡 Cai/Tsai/Choi,潘 Pan/Poon,田 Tian/Tien,董 Dong/Tung,袁 Yuan/Yuen,于 Yu,余 Yu/Yue,叶 Ye/Yip/Yeh,蒋 Jiang/Chiang,' +
			'杜 Du/To,苏 Su/So,魏 Wei/Ngai,程 Cheng/Ching,吕 Lu/Lyu,丁 Ding/Ting,沈 Shen/Sum,任 Ren/Yam',
	),
	women: forms('芳 Fang,娜 Na,敏 Min,静 Jing/Ching,丽 Li/Lai,艳 Yan,娟 Juan,霞 Xia/Hsia,玉 Yu,红 Hong/Hung,雪 Xue,婷 Ting,欣 Xin/Yan,佳 Jia,梅 Mei,英 Ying,秀 Xiu,慧 Hui,琳 Lin,颖 Ying,思 Si,雨 Yu,诗 Shi,晓 Xiao'),
	men: forms('伟 Wei/Wai,强 Qiang/Keung,磊 Lei,军 Jun/Kwan,洋 Yang,勇 Yong/Yung,杰 Jie/Kit,涛 Tao,明 Ming,超 Chao,平 Ping,刚 Gang,文 Wen/Man,建 Jian/Kin,国 Guo/Kwok,华 Hua/Wah,志 Zhi/Chi,海 Hai/Hoi,浩 Hao/Ho,宇 Yu,子 Zi/Tsz,俊 Jun/Chun,嘉 Jia/Ka,小 Xiao/Siu,鹏 Peng,斌 Bin'),
};

export const KOREAN = {
	families: forms(
		'김 Kim/Gim,이 Lee/Yi/Rhee,박 Park/Pak/Bak,최 Choi/Choe,정 Jung/Jeong/Chung,강 Kang/Gang,조 Cho/Jo,윤 Yoon/Yun,장 Jang/Chang,임 Lim/Im/Yim,한 Han,오 Oh/O,서 Seo/Suh,신 Shin/Sin,' +
			'권 Kwon/Gwon,황 Hwang,안 Ahn/An,송 Song,류 Ryu/Yoo,홍 Hong,전 Jeon/Chun,고 Ko/Go,문 Moon/Mun,양 Yang,손 Son/Sohn',
	),
	women: forms('지 Ji/Jee,혜 Hye,은 Eun/Un,미 Mi,희 Hee/Hui,정 Jung/Jeong,연 Yeon/Yun,서 Seo,수 Soo/Su,영 Young/Yeong,민 Min,윤 Yoon/Yun,하 Ha,진 Jin,경 Kyung/Gyeong,선 Sun/Seon'),
	men: forms('준 Jun/Joon,현 Hyun/Hyeon,우 Woo/U,성 Sung/Seong,재 Jae,호 Ho,훈 Hoon/Hun,석 Seok/Suk,동 Dong,원 Won,민 Min,영 Young/Yeong,상 Sang,태 Tae,철 Chul/Cheol,진 Jin'),
};

export const JAPANESE = {
	families: forms(
		'佐藤 Sato/Satou/Satoh,鈴木 Suzuki,高橋 Takahashi,田中 Tanaka,伊藤 Ito/Itoh/Itou,渡辺 Watanabe,山本 Yamamoto,中村 Nakamura,小林 Kobayashi,加藤 Kato/Katoh/Katou,吉田 Yoshida,山田 Yamada,' +
			'佐々木 Sasaki,山口 Yamaguchi,松本 Matsumoto,井上 Inoue/Inouye,木村 Kimura,林 Hayashi,斎藤 Saito/Saitou,清水 Shimizu/Simizu,山崎 Yamazaki/Yamasaki,森 Mori,池田 Ikeda,橋本 Hashimoto,' +
			'阿部 Abe,石川 Ishikawa,山下 Yamashita,中島 Nakajima/Nakashima,石井 Ishii,小川 Ogawa,前田 Maeda,岡田 Okada,長谷川 Hasegawa,藤田 Fujita/Hujita,後藤 Goto/Gotoh,近藤 Kondo/Kondou,' +
			'遠藤 Endo/Endou/Endoh,青木 Aoki,坂本 Sakamoto,大野 Ono/Ohno,福田 Fukuda,西村 Nishimura,三浦 Miura,藤原 Fujiwara,松田 Matsuda,岡本 Okamoto,中川 Nakagawa,上田 Ueda',
	),
	women: forms('陽子 Yoko/Youko,美咲 Misaki,愛 Ai,優子 Yuko/Yuuko,裕子 Hiroko,恵子 Keiko,由美 Yumi,真由美 Mayumi,智子 Tomoko,結衣 Yui,葵 Aoi,陽菜 Hina,七海 Nanami,久美子 Kumiko,明美 Akemi,さくら Sakura,千尋 Chihiro,麻衣 Mai,彩 Aya,香織 Kaori,直美 Naomi,京子 Kyoko/Kyouko,里奈 Rina,沙織 Saori'),
	men: forms('翔太 Shota/Shouta,大輔 Daisuke,健太 Kenta,拓也 Takuya,直樹 Naoki,誠 Makoto,浩 Hiroshi,健一 Kenichi/Ken-ichi,蓮 Ren,大翔 Hiroto,悠斗 Yuto/Yuuto,隆 Takashi,学 Manabu,修 Osamu,純 Jun,達也 Tatsuya,和也 Kazuya,亮 Ryo/Ryou,翼 Tsubasa,洋平 Yohei/Youhei,聡 Satoshi,剛 Tsuyoshi,一郎 Ichiro/Ichirou,雄太 Yuta/Yuuta'),
};

export const ARABIC = {
	families: forms(
		'الحربي Al-Harbi/Alharbi/El Harbi,القحطاني Al-Qahtani/Alqahtani/Al Kahtani,الغامدي Al-Ghamdi/Alghamdi/Al Ghamdi,الزهراني Al-Zahrani/Alzahrani/Al Zahrani,العتيبي Al-Otaibi/Alotaibi/Al Utaybi,' +
			'الشمري Al-Shammari/Alshammari/Al Shamri,المطيري Al-Mutairi/Almutairi,الدوسري Al-Dosari/Aldossari/Al Dawsari,حداد Haddad,خوري Khoury/Khouri,منصور Mansour/Mansoor,سليمان Suleiman/Soliman/Sulaiman,' +
			'صالح Saleh/Salih,عباس Abbas,فارس Fares/Faris,قاسم Qasim/Kassem/Qassem,رشيد Rashid/Rasheed,الأحمد Al-Ahmad/Alahmad/Al Ahmed,درويش Darwish/Darwich,نجار Najjar/Najar,بكر Bakr/Baker,' +
			'السيد El-Sayed/Al-Sayed/Elsayed,الشريف Al-Sharif/El Sherif/Alshareef,عثمان Othman/Osman/Uthman,جابر Jaber/Jabir,حمدان Hamdan,العمري Al-Omari/Alomari/Al Amri,شاهين Shaheen/Chahine',
	),
	women: forms('فاطمة Fatima/Fatma/Fatimah,عائشة Aisha/Ayesha/Aicha,مريم Maryam/Mariam,نورة Noura/Nora/Norah,سارة Sara/Sarah,ليلى Layla/Leila/Laila,هدى Huda/Hoda,أمل Amal,زينب Zainab/Zaynab/Zeinab,خديجة Khadija/Khadijah,رنا Rana,ريم Reem/Rim,منى Mona/Muna,سلمى Salma,هند Hind,دينا Dina,ياسمين Yasmin/Yasmine,لينا Lina,هالة Hala,شيماء Shaimaa/Shayma'),
	men: forms('محمد Mohammed/Muhammad/Mohamed/Mohammad,أحمد Ahmed/Ahmad,علي Ali,عمر Omar/Umar,خالد Khaled/Khalid,يوسف Youssef/Yusuf/Yousef,إبراهيم Ibrahim/Ebrahim,حسن Hassan/Hasan,حسين Hussein/Hussain/Husain,عبدالله Abdullah/Abdallah,عبدالرحمن Abdulrahman/Abdel Rahman/Abd al-Rahman,سعيد Saeed/Said,فهد Fahad/Fahd,سلطان Sultan,ماجد Majid/Majed,طارق Tariq/Tarek,فيصل Faisal/Faysal,ناصر Nasser/Nasir,سامي Sami/Samy,كريم Karim/Kareem,مصطفى Mustafa/Mostafa,محمود Mahmoud/Mahmood,بلال Bilal,زياد Ziad/Ziyad'),
};

export const RUSSIAN_GIVEN = {
	women: forms('Анна Anna,Елена Elena/Yelena/Helena,Ольга Olga,Наталья Natalia/Natalya,Татьяна Tatiana/Tatyana,Мария Maria/Mariya,Ирина Irina,Екатерина Ekaterina/Yekaterina/Catherine,Юлия Yulia/Julia/Iuliia,Светлана Svetlana,Анастасия Anastasia/Anastasiya,Ксения Ksenia/Xenia,Дарья Daria/Darya,Галина Galina,Людмила Lyudmila/Liudmila,Надежда Nadezhda'),
	men: forms('Александр Aleksandr/Alexander/Alexandr,Сергей Sergey/Sergei/Serge,Дмитрий Dmitry/Dmitri/Dmitriy,Андрей Andrey/Andrei,Алексей Aleksey/Alexei/Alexey,Евгений Evgeny/Yevgeny/Evgenii,Михаил Mikhail/Michail,Николай Nikolay/Nikolai,Владимир Vladimir,Юрий Yuri/Yury/Iurii,Иван Ivan,Павел Pavel,Илья Ilya/Ilia,Константин Konstantin/Constantin,Виктор Viktor/Victor,Максим Maxim/Maksim'),
};

/** Cyrillic letters as passports of several years and people themselves write them. */
export const CYRILLIC: Readonly<Record<string, readonly string[]>> = {
	а: ['a'], б: ['b'], в: ['v'], г: ['g'], д: ['d'], е: ['e', 'e', 'ye'], ё: ['e', 'yo'], ж: ['zh', 'j'], з: ['z'], и: ['i'], й: ['y', 'i'], к: ['k'], л: ['l'], м: ['m'],
	н: ['n'], о: ['o'], п: ['p'], р: ['r'], с: ['s'], т: ['t'], у: ['u', 'u', 'ou'], ф: ['f'], х: ['kh', 'h'], ц: ['ts', 'c'], ч: ['ch', 'ch', 'tch'], ш: ['sh'], щ: ['shch', 'sch'],
	ъ: [''], ы: ['y'], ь: [''], э: ['e'], ю: ['yu', 'iu', 'ju'], я: ['ya', 'ia', 'ja'],
};
