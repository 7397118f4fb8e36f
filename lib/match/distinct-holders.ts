import { COPY_HOLDER, RECORD_HOLDER } from './content';
import { alikeNames } from './names';
import { jaroWinkler } from './similarity';

/** Of more names than this times the limit nobody asks which are spellings of one. */
const WORTH_COMPARING = 8;

/** More distinct records than this make any key too common, whoever they are: those without a name can't be told apart, and their pairs are without end. */
export const MOST_HOLDERS = 500;

/**
 * Whether more distinct people (or companies) hold a key than it may have. Those without a name can't be told apart and don't count,
 * unless there are hundreds of them, and spellings of one name are one: a number doesn't become common because its owner is mistyped in many ways.
 * Copies of a record count once. Does not depend on the order of the holders.
 */
export function isTooCommon(holders: readonly { who: string }[], limit: number): boolean {
	if (holders.length <= limit) return false;
	const distinct = new Set<string>();
	let [records, counted] = [0, 0];
	for (const { who } of holders) {
		if (who === COPY_HOLDER) continue;
		records += 1;
		if (who === RECORD_HOLDER) counted += 1;
		else if (who !== '') distinct.add(who);
		if (counted > limit || distinct.size > limit * WORTH_COMPARING || records > Math.max(MOST_HOLDERS, limit)) return true;
	}
	return distinct.size > limit && countGroups([...distinct].sort()) > limit;
}

function countGroups(names: readonly string[]): number {
	const group = names.map((_, index) => index);
	for (const [index, name] of names.entries()) {
		for (let other = 0; other < index; other += 1) {
			if (group[other] === group[index] || !isSpellingOf(name, names[other] as string)) continue;
			const [from, to] = [group[index], group[other]];
			for (const [place, value] of group.entries()) if (value === from) group[place] = to as number;
		}
	}
	return new Set(group).size;
}

function isSpellingOf(x: string, y: string): boolean {
	const [givenX, familyX, bornX] = x.split('|');
	const [givenY, familyY, bornY] = y.split('|');
	if (givenX === undefined || givenY === undefined || familyX === undefined || familyY === undefined) {
		return jaroWinkler(x, y) >= 0.88 || x.split(' ')[0] === y.split(' ')[0];
	}
	if (givenX === givenY && familyX === familyY) return true;
	const [given, family] = [alike(givenX, givenY), alike(familyX, familyY)];
	if (bornX && bornX === bornY && (given || family)) return true;
	return (given && family) || (alike(givenX, familyY) && alike(familyX, givenY));
}

function alike(x: string, y: string): boolean {
	return x !== '' && y !== '' && alikeNames(x, y);
}
