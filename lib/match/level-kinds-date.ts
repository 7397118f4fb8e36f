import type { LevelKind } from '../domain';
import type { LevelTest, PairView } from './pair-view';
import { editDistance } from './similarity';

const DAY = 86_400_000;

const some = (holds: (x: string, y: string, threshold: number) => boolean): LevelTest => ({ a, b }: PairView, threshold) =>
	a.birthDates.some((x) => b.birthDates.some((y) => holds(x, y, threshold)));

export function areDayAndMonthSwapped(x: string, y: string): boolean {
	return x.slice(0, 4) === y.slice(0, 4) && x.slice(5, 7) === y.slice(8, 10) && x.slice(8, 10) === y.slice(5, 7);
}

/** Tests for dates in the form YYYY-MM-DD. */
export const birthDateKinds: Partial<Record<LevelKind, LevelTest>> = {
	swapped_day_month: some(areDayAndMonthSwapped),
	damerau_levenshtein: some((x, y, threshold) => editDistance(x, y, threshold) <= threshold),
	two_fields: some((x, y) => {
		const [year, month, day] = [x.slice(0, 4) === y.slice(0, 4), x.slice(5, 7) === y.slice(5, 7), x.slice(8, 10) === y.slice(8, 10)];
		return Number(year) + Number(month) + Number(day) >= 2;
	}),
	days_apart: some((x, y, threshold) => Math.abs(Date.parse(x) - Date.parse(y)) <= threshold * DAY),
};
