import type { StoreWriter } from '../interface';
import type { Connection } from './connection';
import { SqliteCursors } from './cursors';
import { SqliteDecisions } from './decisions';
import { SqliteEvents } from './events';
import { SqliteEvidence } from './evidence';
import { SqliteKeys } from './keys';
import { SqliteLedger } from './ledger';
import { SqliteModels } from './models';
import { SqliteProfiles } from './profiles';
import { SqliteRecords } from './records';
import { SqliteRejections } from './rejections';
import { SqliteReviews } from './reviews';
import { guarded, type Transaction } from './transaction';

/** Everything that can be done on one connection while the transaction lasts. */
export function openRooms(connection: Connection, transaction: Transaction): StoreWriter {
	return {
		records: guarded(new SqliteRecords(connection), transaction),
		keys: guarded(new SqliteKeys(connection), transaction),
		evidence: guarded(new SqliteEvidence(connection), transaction),
		decisions: guarded(new SqliteDecisions(connection), transaction),
		profiles: guarded(new SqliteProfiles(connection), transaction),
		events: guarded(new SqliteEvents(connection), transaction),
		reviews: guarded(new SqliteReviews(connection), transaction),
		cursors: guarded(new SqliteCursors(connection), transaction),
		ledger: guarded(new SqliteLedger(connection), transaction),
		rejections: guarded(new SqliteRejections(connection), transaction),
		models: guarded(new SqliteModels(connection), transaction),
	};
}
