/**
 * Usual names of columns in German, French, Spanish, Italian, Dutch, Portuguese, Polish, Swedish, Danish and Norwegian: without accents, case,
 * spaces and dashes. A word that means something else in English is left out.
 */
export const NAMES_IN_OTHER_LANGUAGES: Readonly<Record<string, string>> = {
	given_name: 'vorname prenom nombredepila voornaam primeironome imie fornamn fornavn',
	family_name: 'nachname familienname zuname nomdefamille apellido apellidos cognome achternaam familienaam sobrenome apelido nazwisko efternamn efternavn etternavn',
	full_name:
		'nom nombre nome naam namn navn kundenname vollername vollstandigername nomcomplet nometprenom nomprenom prenomnom nombrecompleto nombreyapellidos nomecompleto nomeecognome volledigenaam imieinazwisko',
	email:
		'emailadresse mailadresse courriel adresseemail adressemail adresseelectronique correo correoelectronico indirizzoemail postaelettronica emailadres adresemail epost epostadress epostadresse',
	phone:
		'telefon telefonnummer telefonnr rufnummer handy handynummer mobil mobilnummer mobilnr mobiltelefon festnetz telephoneportable telephonemobile telephonefixe numerodetelephone telefono telefonomovil movil celular cellulare numeroditelefono telefone telemovel telefoon telefoonnummer mobiel numertelefonu telefonkomorkowy tlf',
	birth_date:
		'geburtsdatum geburtstag gebdatum datedenaissance datenaissance fechadenacimiento fechanacimiento datadinascita datanascita geboortedatum datadenascimento datanascimento dataurodzenia fodelsedatum fodselsdato fodselsdag',
	street:
		'strasse strassehausnummer strassehausnr strasseundhausnummer strasseundnummer adresse anschrift rue direccion calle domicilio indirizzo straat straatnaam adres endereco morada rua ulica gata gatuadress gateadresse',
	street_number: 'hausnummer hausnr numerocivico huisnummer numerdomu',
	city: 'ort stadt wohnort ville commune ciudad localidad poblacion citta comune plaats woonplaats stad cidade localidade miasto postort poststed',
	postal_code: 'plz postleitzahl codepostal cp codigopostal cap codicepostale cep kodpocztowy postnummer postnr',
	region: 'bundesland kanton provincia regione provincie estado wojewodztwo',
	country: 'land pays pais paese kraj',
	company_name:
		'firma firmenname firmenbezeichnung unternehmen entreprise societe raisonsociale empresa razonsocial azienda ragionesociale bedrijf bedrijfsnaam razaosocial nazwafirmy foretag foretagsnamn firmanavn',
	company_domain: 'webseite internetseite siteweb siteinternet sitioweb paginaweb sitoweb stronawww',
	language: 'sprache langue idioma lingua taal',
	national_id: 'codicefiscale dni cpf bsn pesel personnummer',
	registration_number: 'handelsregisternummer siren kvknummer',
	vat_number: 'ustid ustidnr umsatzsteuerid umsatzsteueridentifikationsnummer numerotva partitaiva btwnummer',
	created_at: 'erstelltam angelegtam datedecreation fechadecreacion datadicreazione',
	updated_at: 'geandertam letzteanderung zuletztgeandert datedemodification fechademodificacion datadimodifica gewijzigdop',
};

/** The same for columns that give each record its ID. */
export const IDS_IN_OTHER_LANGUAGES = [
	'kundennummer', 'kundennr', 'kdnr', 'kundenid', 'mitgliedsnummer', 'debitorennummer', 'numeroclient', 'idclient', 'codeclient', 'numerocliente', 'idcliente', 'codicecliente', 'klantnummer',
	'klantid', 'numerklienta', 'kundnummer', 'kundenummer',
];
