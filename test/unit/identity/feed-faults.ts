import type { ChangeEvent } from '../../../lib/domain';

/** What the whole change feed of a store says that can't be: read in order, it has to make sense to somebody who knows nothing else. */
export function feedFaults(events: readonly ChangeEvent[]): string[] {
	const faults: string[] = [];
	const [created, retired, inSegments, waiting] = [new Set<string>(), new Set<string>(), new Set<string>(), new Set<unknown>()];
	events.forEach(({ seq, type, canonicalId, data }, index) => {
		const note = (wrong: boolean, what: string) => {
			if (wrong) faults.push(`event ${seq}, ${type} of ${canonicalId}: ${what}`);
		};
		note(seq !== index + 1, 'is not the next one');
		note(retired.has(canonicalId), 'its ID was retired before');
		if (type === 'profile.created') {
			note(created.has(canonicalId), 'was created before');
			created.add(canonicalId);
		}
		if (type === 'profile.changed' || type.startsWith('segment.')) note(!created.has(canonicalId), 'was not created before');
		if (type === 'profile.merged') {
			for (const id of data.retired as string[]) {
				note(retired.has(id) || id === canonicalId || id === '', `retires "${id}"`);
				retired.add(id);
			}
		}
		if (type === 'segment.entered' || type === 'segment.left') {
			const membership = `${canonicalId} ${String(data.segment)}`;
			note(inSegments.has(membership) === (type === 'segment.entered'), 'was so before');
			if (type === 'segment.entered') inSegments.add(membership);
			else inSegments.delete(membership);
		}
		if (type === 'review.waiting') waiting.add(data.questionId);
		if (type === 'review.closed') note(!waiting.delete(data.questionId), 'closes what was not open');
	});
	return faults;
}
