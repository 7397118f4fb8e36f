import type { SeedCompany, SeedPerson, World } from '../world/types';
import type { HubSpotState } from './state';

/** Fills the account with the world's contacts and companies. */
export function seedHubSpot(state: HubSpotState, world: World['hubspot']): void {
	for (const company of world.companies) {
		state.add('companies', companyProperties(company), pick(company));
	}
	for (const person of world.contacts) {
		state.add('contacts', contactProperties(person), { ...pick(person), companyIds: person.companyId === null ? [] : [person.companyId] });
	}
}

function pick({ id, createdAt, updatedAt }: SeedPerson | SeedCompany): { id: string; createdAt: string; updatedAt: string } {
	return { id, createdAt, updatedAt };
}

function contactProperties(person: SeedPerson): Record<string, string> {
	return present({
		firstname: person.firstName,
		lastname: person.lastName,
		email: person.email,
		phone: person.phone,
		jobtitle: person.jobTitle,
		company: person.companyName,
		address: person.street,
		city: person.city,
		zip: person.postalCode,
		country: person.country,
		date_of_birth: person.birthDate,
		hs_email_optout: person.consent === 'unsubscribed' ? 'true' : null,
		lifecyclestage: 'lead',
	});
}

function companyProperties(company: SeedCompany): Record<string, string> {
	return present({ name: company.name, domain: company.domain, phone: company.phone, city: company.city, country: company.country });
}

function present(values: Record<string, string | null>): Record<string, string> {
	return Object.fromEntries(Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== null));
}
