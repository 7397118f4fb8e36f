import { isSeveralPeople, nicknameKey } from '../normalize';
import type { Comparable } from './comparable';
import { soundKey } from './sound-key';

/** A mailbox, or what was typed in its place, in parts. */
export interface MailboxForm {
	text: string;
	/** All digits of it. */
	numbers: string;
	local: string;
	/** It has an @. */
	isWhole: boolean;
}

/** What comparisons and blocking rules derive from one record time and again. Each is made when first asked for, and kept as long as the record. */
export class Forms {
	private givenClosed?: readonly string[];
	private familyClosed?: readonly string[];
	private inOrder?: string;
	private several?: boolean;
	private words?: readonly string[];
	private localParts?: readonly string[];
	private localLetters?: readonly string[];
	private mailboxForms?: readonly MailboxForm[];
	private kinds?: ReadonlySet<string>;
	private others?: readonly string[];
	private domains?: readonly string[];
	private longGivenNames?: readonly string[];
	private givenSoundKeys?: readonly string[];
	private familySoundKeys?: readonly string[];

	constructor(private readonly record: Comparable) {}

	/** Given names without blanks. */
	get closedGiven(): readonly string[] {
		return (this.givenClosed ??= closed(this.record.given));
	}

	/** The given names are those of several people. */
	get isSeveral(): boolean {
		return (this.several ??= this.record.given.some(isSeveralPeople));
	}

	/** Family names without blanks. */
	get closedFamily(): readonly string[] {
		return (this.familyClosed ??= closed(this.record.family));
	}

	/** The words of the name in order of the alphabet, where there is one name of three words or more; empty otherwise. */
	get nameInOrder(): string {
		if (this.inOrder === undefined) {
			const { given, family } = this.record;
			const all = given.length === 1 && family.length === 1 ? `${given[0]} ${family[0]}`.split(' ') : [];
			this.inOrder = all.length >= 3 ? all.sort().join(' ') : '';
		}
		return this.inOrder;
	}

	/** Words of the name that are long enough to be known again in a mailbox. */
	get nameWords(): readonly string[] {
		return (this.words ??= [...this.record.given, ...this.record.family].flatMap((name) => name.split(/[ +]/)).filter((name) => name.length >= 3));
	}

	/** What stands before the @ in the mailboxes that are the record's own. */
	get locals(): readonly string[] {
		return (this.localParts ??= this.record.identifiers.filter(({ kind, role }) => kind === 'email' && !role).map(({ value }) => localPart(value)));
	}

	/** The same without the signs that separate words. */
	get closedLocals(): readonly string[] {
		return (this.localLetters ??= this.locals.map(withoutSeparators));
	}

	/** What was typed as email, without the mailboxes of a function, which several people read. */
	get mailboxes(): readonly MailboxForm[] {
		if (this.mailboxForms === undefined) {
			const { mailTexts, identifiers } = this.record;
			const own = mailTexts.filter((text) => !identifiers.some(({ kind, value, role }) => role && kind === 'email' && value === text));
			this.mailboxForms = own.map((text) => ({ text, numbers: text.replace(/\D/g, ''), local: localPart(text), isWhole: text.includes('@') }));
		}
		return this.mailboxForms;
	}

	/** Kinds of the identifiers that have no comparison of their own. */
	get otherKinds(): ReadonlySet<string> {
		return (this.kinds ??= new Set(this.record.identifiers.filter(({ kind }) => isOtherIdentifier(kind)).map(({ kind }) => kind)));
	}

	/** Values of the same identifiers. */
	get otherIdentifiers(): readonly string[] {
		return (this.others ??= this.record.identifiers.filter(({ kind }) => isOtherIdentifier(kind)).map(({ value }) => value));
	}

	/** The web domains of a company, or of a person's employers. */
	get webDomains(): readonly string[] {
		return (this.domains ??= this.record.entity === 'person'
			? this.record.companyDomains
			: this.record.identifiers.filter(({ kind }) => kind === 'company_domain').map(({ value }) => value));
	}

	/** Given names in their long form, where they have only one. */
	get longGiven(): readonly string[] {
		return (this.longGivenNames ??= this.record.given.map(nicknameKey));
	}

	get givenSounds(): readonly string[] {
		return (this.givenSoundKeys ??= sounds(this.longGiven));
	}

	get familySounds(): readonly string[] {
		return (this.familySoundKeys ??= sounds(this.record.family));
	}
}

const cached = new WeakMap<Comparable, Forms>();

export function formsOf(record: Comparable): Forms {
	let forms = cached.get(record);
	if (!forms) {
		forms = new Forms(record);
		cached.set(record, forms);
	}
	return forms;
}

/** Whether identifiers of this kind belong to the comparison `identifier`: all that have no comparison of their own. */
export function isOtherIdentifier(kind: string): boolean {
	return kind !== 'email' && kind !== 'phone' && kind !== 'company_domain';
}

export function localPart(mailbox: string): string {
	return mailbox.slice(0, Math.max(mailbox.lastIndexOf('@'), 0));
}

export function withoutSeparators(local: string): string {
	return local.replace(/[._-]/g, '');
}

function closed(names: readonly string[]): readonly string[] {
	return names.some((name) => name.includes(' ')) ? names.map((name) => name.replaceAll(' ', '')) : names;
}

function sounds(names: readonly string[]): string[] {
	return [...new Set(names.map(soundKey).filter((sound) => sound.length > 1))];
}
