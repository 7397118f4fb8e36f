import type { SyncSummary } from '../lib';

/** Names that are listed before the rest is counted. */
const MOST_NAMED = 4;

/** What a run came to, for the hint above the output. */
export function describeSummary(label: string, summary: SyncSummary, dryRun: boolean): string {
	if (summary.busy) return `Another execution has been writing to ${label} for more than five minutes; this one did nothing. What is pending is sent by the next run.`;
	const name = dryRun ? `${label}, dry run` : label;
	if (Object.values(summary).every((count) => !count || (Array.isArray(count) && count.length === 0))) return `${name}: nothing is pending. No profile has changed since the last run, or none was built yet.`;
	const parts = [
		dryRun ? `${summary.planned} would be sent` : `${summary.synced} synced`,
		`${summary.unchanged} already right`,
		...(summary.absent > 0 ? [`${summary.absent} without a record there, and none is to be added`] : []),
		...(summary.skipped > 0 ? [`${summary.skipped} skipped`] : []),
		...(summary.failed > 0 ? [`${summary.failed} failed`] : []),
		...(summary.retry > 0 ? [`${summary.retry} to be tried again by the next run`] : []),
		...(summary.fieldsCreated.length > 0 ? [`fields created: ${listed(summary.fieldsCreated)}`] : []),
	];
	return `${name}: ${parts.join(', ')}.${whereToLook(summary)}`;
}

function listed(names: readonly string[]): string {
	const rest = names.length - MOST_NAMED;
	return rest > 0 ? `${names.slice(0, MOST_NAMED).join(', ')} and ${rest} more` : names.join(', ');
}

/** The editor opens the first output, where the reasons are not. */
function whereToLook({ skipped, failed, retry }: SyncSummary): string {
	const outputs = [...(skipped > 0 ? ['Skipped'] : []), ...(failed + retry > 0 ? ['Failed'] : [])];
	return outputs.length > 0 ? ` The reasons stand at ${outputs.join(' and ')}.` : '';
}
