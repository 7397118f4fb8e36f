/** What friends, and forms filled in in a hurry, call somebody. */
export const NICKNAMES: Record<string, readonly string[]> = {
	Robert: ['Bob', 'Rob', 'Bobby'], William: ['Bill', 'Will'], James: ['Jim', 'Jimmy'], John: ['Jack', 'Johnny'], Michael: ['Mike'],
	Thomas: ['Tom'], Richard: ['Rick', 'Dick'], Edward: ['Ed', 'Ted'], Charles: ['Charlie', 'Chuck'], Daniel: ['Dan', 'Danny'],
	Matthew: ['Matt'], Anthony: ['Tony'], Andrew: ['Andy', 'Drew'], Joseph: ['Joe'], David: ['Dave'], Steven: ['Steve'], Kenneth: ['Ken'],
	Benjamin: ['Ben'], Samuel: ['Sam'], Gregory: ['Greg'], Patrick: ['Pat'], Alexander: ['Alex'], Nicholas: ['Nick'], Jonathan: ['Jon'],
	Timothy: ['Tim'], Ronald: ['Ron'], Lawrence: ['Larry'], Christopher: ['Chris'], Frederick: ['Fred'], Peter: ['Pete'], Douglas: ['Doug'],
	Nathaniel: ['Nate'], Walter: ['Walt'], Philip: ['Phil'], Raymond: ['Ray'], Theodore: ['Theo'],
	Elizabeth: ['Liz', 'Beth', 'Betty'], Margaret: ['Maggie', 'Peggy'], Katherine: ['Kate', 'Kathy'], Jennifer: ['Jen', 'Jenny'],
	Patricia: ['Pat', 'Patty'], Susan: ['Sue'], Deborah: ['Debbie'], Rebecca: ['Becky'], Barbara: ['Barb'], Jessica: ['Jess'],
	Christine: ['Chris', 'Chrissy'], Victoria: ['Vicky'], Samantha: ['Sam'], Alexandra: ['Alex'], Pamela: ['Pam'], Cynthia: ['Cindy'],
	Kimberly: ['Kim'], Judith: ['Judy'], Dorothy: ['Dot'], Theresa: ['Terri'], Abigail: ['Abby'], Madeline: ['Maddie'], Josephine: ['Josie'],
	Eleanor: ['Ellie'], Gabrielle: ['Gabby'], Veronica: ['Ronnie'], Stephanie: ['Steph'], Amanda: ['Mandy'], Melissa: ['Mel'],
	Elisabeth: ['Lisa', 'Sissi'], Katharina: ['Kathi'], Johannes: ['Hannes'], Maximilian: ['Max'], Sebastian: ['Basti'],
	Wolfgang: ['Wolf'], Francisco: ['Paco', 'Fran'], José: ['Pepe'], Antonio: ['Toni'], Manuel: ['Manolo'], Dolores: ['Lola'],
	Concepción: ['Concha'], Małgorzata: ['Gosia'], Katarzyna: ['Kasia'], Aleksandra: ['Ola'], Joanna: ['Asia'], Wilhelmina: ['Mina'],
	Cornelis: ['Cees'], Hendrik: ['Henk'], Willem: ['Wim'],
};
