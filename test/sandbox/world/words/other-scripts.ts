/** A name as it is written at home and as the same person writes it in Latin letters. */
export type TwoScripts = readonly [native: string, latin: string];

export interface ScriptNames {
	given: readonly TwoScripts[];
	family: readonly TwoScripts[];
}

export const OTHER_SCRIPTS: Record<'arabic' | 'chinese' | 'cyrillic', ScriptNames> = {
	arabic: {
		given: [['محمد', 'Mohammed'], ['أحمد', 'Ahmed'], ['يوسف', 'Youssef'], ['خالد', 'Khaled'], ['عمر', 'Omar'], ['سامي', 'Sami'],
			['فاطمة', 'Fatima'], ['ليلى', 'Layla'], ['مريم', 'Mariam'], ['نور', 'Nour'], ['سلمى', 'Salma'], ['هدى', 'Huda']],
		family: [['حداد', 'Haddad'], ['الخطيب', 'Al-Khatib'], ['منصور', 'Mansour'], ['ناصر', 'Nasser'], ['سليمان', 'Suleiman'], ['عباس', 'Abbas'],
			['قاسم', 'Qasim'], ['درويش', 'Darwish'], ['صالح', 'Saleh'], ['يعقوب', 'Yaqoub'], ['النجار', 'Al-Najjar'], ['بركات', 'Barakat']],
	},
	chinese: {
		given: [['伟', 'Wei'], ['芳', 'Fang'], ['秀英', 'Xiuying'], ['娜', 'Na'], ['敏', 'Min'], ['静', 'Jing'], ['强', 'Qiang'], ['磊', 'Lei'],
			['洋', 'Yang'], ['勇', 'Yong'], ['子涵', 'Zihan'], ['雨桐', 'Yutong']],
		family: [['王', 'Wang'], ['李', 'Li'], ['张', 'Zhang'], ['刘', 'Liu'], ['陈', 'Chen'], ['杨', 'Yang'], ['黄', 'Huang'], ['赵', 'Zhao'],
			['吴', 'Wu'], ['周', 'Zhou'], ['欧阳', 'Ouyang'], ['孙', 'Sun']],
	},
	cyrillic: {
		given: [['Александр', 'Aleksandr'], ['Сергей', 'Sergey'], ['Дмитрий', 'Dmitry'], ['Андрій', 'Andriy'], ['Иван', 'Ivan'], ['Олег', 'Oleg'],
			['Наталья', 'Natalia'], ['Ольга', 'Olga'], ['Екатерина', 'Ekaterina'], ['Світлана', 'Svitlana'], ['Юлия', 'Yulia'], ['Марія', 'Mariia']],
		family: [['Иванченко', 'Ivanchenko'], ['Коваленко', 'Kovalenko'], ['Шевчук', 'Shevchuk'], ['Бондаренко', 'Bondarenko'], ['Мельник', 'Melnyk'],
			['Лысенко', 'Lysenko'], ['Павленко', 'Pavlenko'], ['Ткаченко', 'Tkachenko'], ['Руденко', 'Rudenko'], ['Савченко', 'Savchenko'],
			['Марченко', 'Marchenko'], ['Гончар', 'Honchar']],
	},
};
