/** Something that the person at the terminal can put right; says what is wrong and what to do. Ends the program with code 2. */
export class CliError extends Error {
	constructor(message: string) {
		super(message);
		this.name = 'CliError';
	}
}

/**
 * For what the library says in words of what it was asked (an ID that is not known, a model that came in between), which it throws as a bare Error.
 * An error of another class is thrown as it is: it has a code, or is a fault of the program.
 */
export function throwForPerson(error: unknown): never {
	throw error instanceof Error && error.name === 'Error' ? new CliError(error.message) : error;
}

const WORDS: Readonly<Record<string, string>> = {
	ENOENT: 'does not exist',
	EACCES: 'may not be accessed by this user',
	EPERM: 'may not be accessed by this user',
	EROFS: 'stands on a disk that cannot be written',
	EISDIR: 'is a folder',
	ENOTDIR: 'leads through something that is not a folder',
	ENOSPC: 'has no room left on its disk',
	EMFILE: 'cannot be opened, for this user has too many files open',
	ENAMETOOLONG: 'has too long a name',
	ELOOP: 'is a link that leads in a circle',
};

/** What the operating system says of a file, in words that continue its name. */
export function fileTrouble(error: unknown): string {
	const code = (error as NodeJS.ErrnoException | undefined)?.code ?? '';
	return WORDS[code] ?? `cannot be used (${code || 'unknown cause'})`;
}
