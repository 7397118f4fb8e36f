import type { Random } from './random';
import type { SystemName } from './person';

const LETTERS_AND_DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Gives out IDs in the form of each vendor, none twice. */
export class VendorIds {
	private readonly given = new Set<string>();
	private tickets = 1000;

	constructor(private readonly random: Random) {}

	contact = (): string => this.unique(() => this.random.fill('1##########'));
	company = (): string => this.unique(() => this.random.fill('9#########'));
	customer = (): string => this.unique(() => `cus_${this.random.text(LETTERS_AND_DIGITS, 14)}`);
	subscription = (): string => this.unique(() => `sub_1${this.random.text(LETTERS_AND_DIGITS, 23)}`);
	invoice = (): string => this.unique(() => `in_1${this.random.text(LETTERS_AND_DIGITS, 23)}`);
	user = (): string => this.unique(() => this.random.fill('38###########'));
	organization = (): string => this.unique(() => this.random.fill('36###########'));
	member = (): string => this.unique(() => this.random.text('0123456789abcdef', 10));
	ticket = (): string => String(++this.tickets);

	/** For a record of a person in that system. */
	person(system: SystemName): string {
		return { hubspot: this.contact, stripe: this.customer, zendesk: this.user, mailchimp: this.member }[system]();
	}

	private unique(make: () => string): string {
		let id = make();
		while (this.given.has(id)) id = make();
		this.given.add(id);
		return id;
	}
}
