import { CliError } from '../cli-error';

/** Each holds its own copy of what normalizing needs, some 60 MB. */
const MOST_THREADS = 256;

/** @throws CliError */
export function seedNumber(value: string): number {
	if (/^\d{1,9}$/.test(value)) return Number(value);
	throw new CliError(`--seed takes a whole number; "${value}" is none.`);
}

/** @throws CliError */
export function threadCount(value: string): number {
	if (/^\d{1,3}$/.test(value) && Number(value) >= 1 && Number(value) <= MOST_THREADS) return Number(value);
	throw new CliError(`--threads takes a whole number from 1 to ${MOST_THREADS}; "${value}" is none.`);
}

/** @throws CliError */
export function limitNumber(value: string): number {
	if (/^[1-9]\d{0,8}$/.test(value)) return Number(value);
	throw new CliError(`--limit takes a whole number from 1 on; "${value}" is none.`);
}

/** Of an option that may be given several times. */
export function collect(value: string, before: string[] = []): string[] {
	return [...before, value];
}
