import type { LandCode } from './lands.data';

/** What firms do and how they end their names. Forms: the short one first, then others for the same. */
export const FIRMS: Partial<Record<LandCode, { trades: readonly string[]; forms: readonly (readonly string[])[]; ending: string; and: readonly string[]; holding: string; branch: string }>> = {
	us: {
		trades: ['Plumbing', 'Logistics', 'Dental Group', 'Bakery', 'Consulting', 'Insurance Agency', 'Motors', 'Construction', 'Foods', 'Software', 'Electric', 'Manufacturing', 'Law Offices', 'Realty', 'Pharmacy', 'Landscaping', 'Medical Supplies', 'Brewing Company'],
		forms: [['Inc.', 'Inc', 'Incorporated', ', Inc.'], ['LLC', 'L.L.C.', ', LLC'], ['Corp.', 'Corporation', 'Corp'], ['Co.', 'Company', 'Co']], ending: 'com', and: ['&', 'and'], holding: 'Holdings', branch: 'Branch',
	},
	gb: {
		trades: ['Plumbing', 'Logistics', 'Dental Practice', 'Bakers', 'Consulting', 'Insurance Brokers', 'Motors', 'Builders', 'Foods', 'Software', 'Electrical', 'Engineering', 'Solicitors', 'Estates', 'Pharmacy', 'Garden Centre'],
		forms: [['Ltd', 'Limited', 'Ltd.'], ['PLC', 'plc', 'Public Limited Company'], ['LLP', 'llp']], ending: 'co.uk', and: ['&', 'and'], holding: 'Group', branch: 'Branch',
	},
	de: {
		trades: ['Maschinenbau', 'Logistik', 'Elektrotechnik', 'Bau', 'Immobilien', 'Metallbau', 'Software', 'Unternehmensberatung', 'Apotheke', 'Bäckerei', 'Möbel', 'Spedition', 'Gartenbau', 'Druckerei', 'Autohaus', 'Sanitär und Heizung'],
		forms: [['GmbH', 'Gesellschaft mbH', 'Gesellschaft mit beschränkter Haftung', 'G.m.b.H.'], ['AG', 'Aktiengesellschaft'], ['GmbH & Co. KG', 'GmbH und Co. KG', 'GmbH & Co KG'], ['e.K.', 'eK']], ending: 'de', and: ['&', 'und', 'u.'], holding: 'Holding', branch: 'Niederlassung',
	},
	fr: {
		trades: ['Transports', 'Boulangerie', 'Menuiserie', 'Conseil', 'Assurances', 'Automobiles', 'Bâtiment', 'Informatique', 'Électricité', 'Pharmacie', 'Immobilier', 'Imprimerie'],
		forms: [['SARL', 'S.A.R.L.', 'Sarl'], ['SA', 'S.A.', 'Société Anonyme'], ['SAS', 'S.A.S.']], ending: 'fr', and: ['et', '&'], holding: 'Participations', branch: 'Agence',
	},
	es: {
		trades: ['Construcciones', 'Transportes', 'Panadería', 'Consultores', 'Seguros', 'Automóviles', 'Informática', 'Electricidad', 'Farmacia', 'Inmobiliaria', 'Muebles'],
		forms: [['S.L.', 'SL', 'Sociedad Limitada'], ['S.A.', 'SA', 'Sociedad Anónima'], ['S.L.U.', 'SLU']], ending: 'es', and: ['y', '&'], holding: 'Grupo', branch: 'Delegación',
	},
	it: {
		trades: ['Costruzioni', 'Trasporti', 'Panificio', 'Consulenza', 'Assicurazioni', 'Autoveicoli', 'Informatica', 'Elettrica', 'Farmacia', 'Immobiliare', 'Mobili'],
		forms: [['S.r.l.', 'Srl', 'S.R.L.'], ['S.p.A.', 'Spa', 'SpA'], ['S.n.c.', 'Snc']], ending: 'it', and: ['e', '&'], holding: 'Holding', branch: 'Filiale',
	},
	pl: {
		trades: ['Transport', 'Budownictwo', 'Piekarnia', 'Doradztwo', 'Ubezpieczenia', 'Motoryzacja', 'Oprogramowanie', 'Elektryka', 'Apteka', 'Nieruchomości', 'Meble'],
		forms: [['Sp. z o.o.', 'sp. z o.o.', 'Spółka z o.o.', 'Spółka z ograniczoną odpowiedzialnością'], ['S.A.', 'SA', 'Spółka Akcyjna']], ending: 'pl', and: ['i', '&'], holding: 'Holding', branch: 'Oddział',
	},
	nl: {
		trades: ['Bouw', 'Transport', 'Bakkerij', 'Advies', 'Verzekeringen', 'Autobedrijf', 'Software', 'Installatietechniek', 'Apotheek', 'Vastgoed', 'Meubelen'],
		forms: [['B.V.', 'BV', 'Besloten Vennootschap'], ['N.V.', 'NV'], ['V.O.F.', 'VOF']], ending: 'nl', and: ['en', '&'], holding: 'Holding', branch: 'Vestiging',
	},
	br: {
		trades: ['Construtora', 'Transportes', 'Padaria', 'Consultoria', 'Seguros', 'Automóveis', 'Informática', 'Elétrica', 'Farmácia', 'Imobiliária', 'Móveis'],
		forms: [['Ltda', 'Ltda.', 'Limitada'], ['S.A.', 'S/A', 'SA'], ['EIRELI', 'Eireli'], ['ME', '- ME']], ending: 'com.br', and: ['e', '&'], holding: 'Participações', branch: 'Filial',
	},
};

export const INVENTED = {
	starts: ['Nova', 'Green', 'Blue', 'Alpha', 'Omni', 'Terra', 'Vita', 'Solar', 'Prime', 'Digi', 'Eco', 'Inter', 'Euro', 'Medi', 'Trans', 'Agri', 'Cyber', 'Hydro', 'Aero', 'Veri', 'Quanta', 'Lumi', 'Opti', 'Syn'],
	ends: ['tech', 'soft', 'care', 'net', 'lab', 'works', 'plan', 'logic', 'trade', 'pharm', 'data', 'line', 'form', 'core', 'vision', 'wave', 'tec', 'mat', 'mark', 'source'],
};

/** Names under which many independent firms trade. */
export const FRANCHISES = {
	starts: ['Burger', 'Pizza', 'Taco', 'Fresh', 'Happy', 'Golden', 'Speedy', 'Fit', 'Quick', 'Royal', 'City', 'Sunny'],
	ends: ['Barn', 'Corner', 'Express', 'Point', 'Gym', 'Hotel', 'Cuts', 'Print', 'Café', 'Kitchen', 'Wash', 'Optik'],
};

export const SHORTENED: readonly (readonly [RegExp, string])[] = [
	[/\bManufacturing\b/, 'Mfg'], [/\bInternational\b/, 'Intl'], [/\bConstruction\b/, 'Constr.'], [/\bInsurance Agency\b/, 'Ins. Agency'], [/\bEngineering\b/, 'Eng.'], [/\bConsulting\b/, 'Consult.'],
	[/\bMaschinenbau\b/, 'Masch.bau'], [/\bGroup\b/, 'Grp'], [/\bLogistics\b/, 'Logist.'], [/\bConstrucciones\b/, 'Constr.'], [/\bTransportes\b/, 'Transp.'], [/\bTransports\b/, 'Transp.'],
	[/\bUnternehmensberatung\b/, 'Unternehmensber.'], [/\bCostruzioni\b/, 'Costr.'], [/\bMedical\b/, 'Med.'], [/\bSanitär und Heizung\b/, 'Sanitär + Heizung'], [/\bImmobilien\b/, 'Immob.'],
];
