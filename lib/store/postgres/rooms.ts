import type { StoreWriter } from '../interface';
import type { Connection } from './connection';
import { PostgresCursors } from './cursors';
import { PostgresDecisions } from './decisions';
import { PostgresDepartures } from './departures';
import { PostgresEvents } from './events';
import { PostgresEvidence } from './evidence';
import { PostgresKeys } from './keys';
import { PostgresLedger } from './ledger';
import { PostgresModels } from './models';
import { PostgresProfiles } from './profiles';
import { PostgresPromises } from './promises';
import { PostgresRecords } from './records';
import { PostgresRejections } from './rejections';
import { PostgresReviews } from './reviews';
import { PostgresTexts } from './texts';
import { guarded, type Transaction } from './transaction';

/** Everything that can be done on one connection while the transaction lasts. */
export function openRooms(connection: Connection, transaction: Transaction): StoreWriter {
	return {
		records: guarded(new PostgresRecords(connection), transaction),
		keys: guarded(new PostgresKeys(connection), transaction),
		evidence: guarded(new PostgresEvidence(connection), transaction),
		decisions: guarded(new PostgresDecisions(connection), transaction),
		profiles: guarded(new PostgresProfiles(connection), transaction),
		promises: guarded(new PostgresPromises(connection), transaction),
		departures: guarded(new PostgresDepartures(connection), transaction),
		events: guarded(new PostgresEvents(connection), transaction),
		reviews: guarded(new PostgresReviews(connection), transaction),
		cursors: guarded(new PostgresCursors(connection), transaction),
		ledger: guarded(new PostgresLedger(connection), transaction),
		rejections: guarded(new PostgresRejections(connection), transaction),
		models: guarded(new PostgresModels(connection), transaction),
		texts: guarded(new PostgresTexts(connection), transaction),
	};
}
