/** City, pattern of its postal codes, pattern of its landline numbers (national significant number). See Random.fill for the signs. */
export type City = readonly [name: string, postal: string, landline: string];

export const COUNTRY_CODES = ['US', 'GB', 'DE', 'FR', 'ES', 'PL', 'NL'] as const;
export type CountryCode = (typeof COUNTRY_CODES)[number];

const list = (text: string): string[] => text.split(',').map((name) => name.trim());

export const CITIES: Record<CountryCode, readonly City[]> = {
	US: [['Austin', '787##', '512+######'], ['Denver', '802##', '303+######'], ['Portland', '972##', '503+######'], ['Chicago', '606##', '312+######'],
		['Boston', '021##', '617+######'], ['Seattle', '981##', '206+######'], ['Atlanta', '303##', '404+######'], ['Phoenix', '850##', '602+######'],
		['Nashville', '372##', '615+######'], ['Columbus', '432##', '614+######'], ['San Diego', '921##', '619+######'], ['Tampa', '336##', '813+######'],
		['St. Louis', '631##', '314+######'], ['Raleigh', '276##', '919+######'], ['Minneapolis', '554##', '612+######']],
	GB: [['London', 'SW1# #@@', '207#######'], ['Manchester', 'M# #@@', '1612######'], ['Leeds', 'LS# #@@', '1132######'],
		['Bristol', 'BS# #@@', '1179######'], ['Edinburgh', 'EH# #@@', '1312######'], ['Birmingham', 'B1# #@@', '1212######'],
		['Cardiff', 'CF1# #@@', '2920######'], ['Liverpool', 'L# #@@', '1512######'], ['Norwich', 'NR# #@@', '1603######']],
	DE: [['Berlin', '101##', '30########'], ['Hamburg', '202##', '40########'], ['München', '803##', '89########'], ['Köln', '506##', '221#######'],
		['Frankfurt am Main', '603##', '69########'], ['Stuttgart', '701##', '711#######'], ['Düsseldorf', '402##', '211#######'],
		['Leipzig', '041##', '341#######'], ['Nürnberg', '904##', '911#######'], ['Münster', '481##', '251#######']],
	FR: [['Paris', '750##', '1########'], ['Lyon', '690##', '4########'], ['Marseille', '130##', '4########'], ['Toulouse', '310##', '5########'],
		['Bordeaux', '330##', '5########'], ['Nantes', '440##', '2########'], ['Lille', '590##', '3########'], ['Nîmes', '300##', '4########'],
		['Orléans', '450##', '2########']],
	ES: [['Madrid', '280##', '91#######'], ['Barcelona', '080##', '93#######'], ['Valencia', '460##', '96#######'], ['Sevilla', '410##', '95#######'],
		['Málaga', '290##', '952######'], ['Zaragoza', '500##', '976######'], ['Bilbao', '480##', '944######'], ['Córdoba', '140##', '957######']],
	PL: [['Warszawa', '00-###', '22#######'], ['Kraków', '30-###', '12#######'], ['Łódź', '90-###', '42#######'], ['Wrocław', '50-###', '71#######'],
		['Poznań', '60-###', '61#######'], ['Gdańsk', '80-###', '58#######'], ['Lublin', '20-###', '81#######'], ['Rzeszów', '35-###', '17#######']],
	NL: [['Amsterdam', '101# @@', '20#######'], ['Rotterdam', '301# @@', '10#######'], ['Den Haag', '251# @@', '70#######'],
		['Utrecht', '351# @@', '30#######'], ['Eindhoven', '561# @@', '40#######'], ['Groningen', '971# @@', '50#######'],
		["'s-Hertogenbosch", '521# @@', '73#######'], ['Maastricht', '621# @@', '43#######']],
};

export const STREETS: Record<CountryCode, readonly string[]> = {
	US: list('Oak Street,Maple Avenue,Cedar Lane,Elm Street,Pine Road,Lakeview Drive,Hillcrest Road,Sunset Boulevard,Willow Court,Mill Road'),
	GB: list('High Street,Station Road,Church Lane,Victoria Road,Mill Lane,Green Lane,Kings Road,Orchard Close,Manor Drive,Queens Terrace'),
	DE: list('Hauptstraße,Bahnhofstraße,Gartenweg,Schulstraße,Lindenallee,Bergstraße,Mühlenweg,Rosenstraße,Kirchgasse,Am Stadtpark'),
	FR: list("rue de l'Église,rue des Lilas,avenue de la Gare,rue du Moulin,boulevard Voltaire,rue des Écoles,place du Marché,chemin des Vignes"),
	ES: list('Calle Mayor,Calle del Sol,Avenida de la Constitución,Calle Real,Paseo del Prado Nuevo,Calle San José,Plaza de España,Calle Luna'),
	PL: list('ul. Polna,ul. Leśna,ul. Słoneczna,ul. Krótka,ul. Szkolna,ul. Ogrodowa,ul. Lipowa,ul. Brzozowa,al. Niepodległości'),
	NL: list('Dorpsstraat,Kerkstraat,Molenweg,Schoolstraat,Stationsweg,Julianalaan,Lindelaan,Prinsengracht,Nieuwstraat,Beatrixlaan'),
};
