import type { TakenOver, WentBack } from '../lib';
import { counted, grouped } from './terminal';

/** What is to be done again where nothing, or not all, could be taken over. */
const AGAIN = {
	ids: 'Customers who were new since then get other canonical IDs, which the syncs write over the former ones.',
	answers: 'Questions that were answered since then are to be answered again.',
	acknowledgements: 'Syncs send again what they have sent since then, and may add a record a second time where a destination does not find the first one by its email.',
};

/** What came of going back to a backup, a line each: what was taken over from the former store, what was not, and what comes next. */
export function restoreInWords({ former, takenOver }: Pick<WentBack, 'former' | 'takenOver'>): string[] {
	const isThere = typeof takenOver === 'object';
	return [
		...(isThere ? takenInWords(takenOver) : nothingInWords(former, takenOver)),
		`Run "customer360 check" on it, then start n8n again. Sources read again what came since then${isThere && takenOver.ids ? ', and customers who were new since then get the canonical IDs that they had' : ''}. ` +
			'CSV files that were loaded since then are to be loaded again.',
	];
}

function takenInWords({ ids, answers, acknowledgements, faults, unread, hadLaterModel }: TakenOver): string[] {
	const all = ids ? ids.waiting + ids.leading + ids.empty : 0;
	const parts = [
		...(ids ? [`${counted(all, 'canonical ID')}${all === 0 ? '' : ` (${becameOf(ids, unread.records > 0)})`}`] : []),
		...(answers === undefined ? [] : [counted(answers, 'answer')]),
		...(acknowledgements === undefined ? [] : [`${counted(acknowledgements, 'entry', 'entries')} of what destinations hold`]),
	];
	return [
		...(parts.length > 0 ? [`Taken over from the former store: ${parts.join(', ')}.`] : []),
		...(unread.ids > 0 ? [`At least ${counted(unread.ids, 'canonical ID')} of the former store could not be read. Customers who had one of them and were new since then get another one.`] : []),
		...(unread.records > 0 ? [`Up to ${counted(unread.records, 'record')} of the former store could not be read, and get other canonical IDs if they were new since then.`] : []),
		...(unread.decisions > 0 ? [`Up to ${counted(unread.decisions, 'answer')} of the former store could not be read. Those that were given since then are to be given again.`] : []),
		...(unread.ledger > 0 ? [`Up to ${counted(unread.ledger, 'entry', 'entries')} of what destinations hold could not be read. Syncs may send again what they have sent since then.`] : []),
		...faults.map((fault) => `Not taken over because of an error, ${fault}`),
		...(ids ? [] : [AGAIN.ids]),
		...(answers === undefined ? [AGAIN.answers] : []),
		...(acknowledgements === undefined ? [AGAIN.acknowledgements] : []),
		...(hadLaterModel ? ['The identity model is that of the backup. If the one that was saved since then was right, save it again.'] : []),
	];
}

function becameOf({ waiting, leading, empty }: NonNullable<TakenOver['ids']>, areRecordsMissing: boolean): string {
	const without = areRecordsMissing ? 'no record that could be read' : 'no record any more';
	return [
		...(waiting > 0 ? [`${grouped(waiting)} ${waiting === 1 ? 'waits' : 'wait'} for records to be read again`] : []),
		...(leading > 0 ? [`${grouped(leading)} ${leading === 1 ? 'leads' : 'lead'} to a profile of the backup`] : []),
		...(empty > 0 ? [`${grouped(empty)} ${empty === 1 ? 'has' : 'have'} ${without}`] : []),
	].join(', ');
}

function nothingInWords(former: string | undefined, why: string | undefined): string[] {
	const consequences = Object.values(AGAIN).join(' ');
	if (former === undefined) return [`There was no store before, so nothing that happened since the backup could be taken over. ${consequences}`];
	return [why === undefined ? `Nothing was taken over from the former store. ${consequences}` : `Nothing of the former store could be read: ${why}. ${consequences}`];
}
