import { company, temporaryStores, type CompanyFields } from './given';

const newStore = temporaryStores();

type Outcome = 'one' | 'asked' | 'two' | 'asked or two';
const BERLIN = { street: 'Hauptstraße 5', zip: '10115', city: 'Berlin', country: 'DE' };
const MUNICH = { street: 'Marktplatz 2', zip: '80331', city: 'München', country: 'DE' };
const PHONE = '+49 30 1234567';

async function outcomeOf(one: CompanyFields, other: CompanyFields): Promise<Outcome> {
	const walk = await newStore();
	await walk.match(company('crm:1', one), company('billing:2', other));
	await walk.build();
	expect(await walk.problems()).toEqual([]);
	if ((await walk.clusters()).length === 1) return 'one';
	return (await walk.questions()).length > 0 ? 'asked' : 'two';
}

test.each([
	['Musterbau GmbH', 'Musterbau'], ['Huber Bau GmbH & Co. KG', 'Huber Bau'], ['Landschaftspflege Nord mbH', 'LANDSCHAFTSPFLEGE NORD'], ['Winzergenossenschaft Achkarren eG', 'Winzergenossenschaft Achkarren'],
	['Harrow & Finch Ltd', 'Harrow and Finch Limited'], ['Harrow & Finch plc', 'Harrow & Finch'], ['The Wattle Creek Company LLC', 'Wattle Creek'], ['Wattle Creek Pty Ltd', 'Wattle Creek'],
	['Boulangerie Lefèvre SARL', 'Boulangerie Lefevre'], ['Menuiserie Dubois S.A.S.', 'Menuiserie Dubois'], ['Fromagerie du Lac Sàrl', 'Fromagerie du Lac'],
	['Officine Bertoldi S.p.A.', 'Officine Bertoldi'], ['Talleres Ibarra, S.L.', 'Talleres Ibarra'], ['Transportes Azteca S.A. de C.V.', 'Transportes Azteca'], ['Conservas Atlântico, Lda', 'Conservas Atlantico'],
	['Bakkerij Jansen B.V.', 'Bakkerij Jansen'], ['Svenska Kullagerverken AB', 'Svenska Kullagerverken'], ['Nordisk Vindkraft A/S', 'Nordisk Vindkraft'], ['Suomen Sahateollisuus Oy', 'Suomen Sahateollisuus'],
	['Zielony Las Sp. z o.o.', 'ZIELONY LAS'], ['Moravské Sklárny s.r.o.', 'Moravske Sklarny'], ['Magyar Cukrászda Kft.', 'Magyar Cukrászda'], ['Jadranska Brodogradnja d.o.o.', 'Jadranska brodogradnja'],
	['ООО Ромашковая Долина', 'Ромашковая Долина'], ['ТОВ Зелений Гай', 'Зелений Гай'], ['Ελιά Αγρός Α.Ε.', 'Ελιά Αγρός'], ['Anadolu Halı A.Ş.', 'Anadolu Halı'],
	['株式会社山田製作所', '山田製作所'], ['杭州茶叶有限公司', '杭州茶叶'], ['주식회사 한강물산', '한강물산'], ['Kuala Kraf Sdn. Bhd.', 'Kuala Kraf'], ['PT Nusantara Kopi Tbk', 'Nusantara Kopi'],
	['شركة النخيل ذ.م.م', 'النخيل'], ['זית ירוק בע"מ', 'זית ירוק'], ['Công ty TNHH Lúa Vàng', 'Lúa Vàng'],
])('%s and %s of one town are one company', async (one, other) => {
	expect(await outcomeOf({ name: one, city: 'Kiel', country: 'DE' }, { name: other, city: 'Kiel', country: 'DE' })).toBe('one');
});

test.each<{ title: string; one: CompanyFields; other: CompanyFields; expected: Outcome }>([
	{ title: 'one web domain and one name', one: { name: 'Acornworks GmbH', domain: 'acornworks.com' }, other: { name: 'Acornworks', domain: 'https://www.acornworks.com/en' }, expected: 'one' },
	{ title: 'one web domain, one of them without a name', one: { name: 'Acornworks GmbH', domain: 'acornworks.com' }, other: { domain: 'acornworks.com' }, expected: 'one' },
	{ title: 'one web domain, the brand and the registered name', one: { name: 'Sunrise', domain: 'sunrise-bakery.com' }, other: { name: 'Sunrise Bakery Inc', domain: 'sunrise-bakery.com' }, expected: 'one' },
	{ title: 'one name and one telephone', one: { name: 'Acornworks GmbH', phone: PHONE }, other: { name: 'Acornworks', phone: '030 1234567', country: 'DE' }, expected: 'one' },
	{ title: 'one name and one address', one: { name: 'Acornworks GmbH', ...BERLIN }, other: { name: 'Acornworks', ...BERLIN, street: 'Hauptstr. 5' }, expected: 'one' },
	{ title: 'one registration number, two names', one: { name: 'Acornworks GmbH', registration: 'HRB 1234' }, other: { name: 'Oakfield AG', registration: 'HRB 1234' }, expected: 'one' },
	{ title: 'one name, one web domain, houses in two towns', one: { name: 'Brightsmile Dental', domain: 'brightsmile.com', ...BERLIN }, other: { name: 'Brightsmile Dental', domain: 'brightsmile.com', ...MUNICH }, expected: 'asked' },
	{ title: 'one name in two towns', one: { name: 'Pizzeria Napoli', ...BERLIN }, other: { name: 'Pizzeria Napoli', ...MUNICH }, expected: 'asked or two' },
	{ title: 'one name in two countries', one: { name: 'Wattle Creek Pty Ltd', country: 'AU' }, other: { name: 'Wattle Creek Inc', country: 'US' }, expected: 'asked or two' },
	{ title: 'one name and two web domains', one: { name: 'Acornworks GmbH', domain: 'acornworks.com' }, other: { name: 'Acornworks GmbH', domain: 'oakfield.de' }, expected: 'asked or two' },
	{ title: 'a short name that belongs to many', one: { name: 'Acme GmbH' }, other: { name: 'Acme Inc' }, expected: 'asked or two' },
	{ title: 'two businesses in one building', one: { name: 'Miller Law', ...BERLIN }, other: { name: 'Sunrise Bakery', ...BERLIN }, expected: 'two' },
	{ title: 'two businesses in one building with one reception', one: { name: 'Miller Law', ...BERLIN, phone: PHONE }, other: { name: 'Sunrise Bakery', ...BERLIN, phone: PHONE }, expected: 'two' },
	{ title: 'two businesses of one family in one building', one: { name: 'Huber Bau GmbH', ...BERLIN }, other: { name: 'Huber Immobilien GmbH', ...BERLIN }, expected: 'two' },
	{ title: 'two clinics named after the street', one: { name: 'Congress Avenue Dental Clinic', ...BERLIN }, other: { name: 'Congress Avenue Eye Clinic', ...BERLIN }, expected: 'asked or two' },
	{ title: 'one telephone and two names', one: { name: 'Acornworks GmbH', phone: PHONE }, other: { name: 'Oakfield', phone: PHONE }, expected: 'two' },
	{ title: 'holding and subsidiary on one web domain, by their registration numbers', one: { name: 'Acornworks Holding AG', domain: 'acornworks.com', registration: 'HRB 1' }, other: { name: 'Acornworks Logistics GmbH', domain: 'acornworks.com', registration: 'HRB 2' }, expected: 'two' },
	{ title: 'one name and two registration numbers', one: { name: 'Acornworks GmbH', domain: 'acornworks.com', registration: 'HRB 1' }, other: { name: 'Acornworks GmbH', domain: 'acornworks.com', registration: 'HRB 2' }, expected: 'two' },
	{ title: 'a company and a subsidiary with a web domain of its own', one: { name: 'Siemens AG', domain: 'siemens.com' }, other: { name: 'Siemens Healthineers AG', domain: 'siemens-healthineers.com' }, expected: 'two' },
	{ title: 'two shops of one provider', one: { name: 'Bobs Bikes', domain: 'bobsbikes.myshopify.com' }, other: { name: 'Annas Art', domain: 'annasart.myshopify.com' }, expected: 'two' },
])('$title: $expected', async ({ one, other, expected }) => {
	expect(expected.split(' or ')).toContain(await outcomeOf(one, other));
});
