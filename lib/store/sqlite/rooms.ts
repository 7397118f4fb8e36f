import type { StoreWriter } from '../interface';
import type { Connection } from './connection';
import { SqliteCursors } from './cursors';
import { SqliteDecisions } from './decisions';
import { SqliteDepartures } from './departures';
import { SqliteEvents } from './events';
import { SqliteEvidence } from './evidence';
import { SqliteKeys } from './keys';
import { SqliteLedger } from './ledger';
import { SqliteModels } from './models';
import { SqliteProfiles } from './profiles';
import { SqlitePromises } from './promises';
import { SqliteRecords } from './records';
import { SqliteRejections } from './rejections';
import { SqliteReviews } from './reviews';
import { SqliteTexts } from './texts';
import { guarded, type Transaction } from './transaction';

/** Everything that can be done on one connection while the transaction lasts. */
export function openRooms(connection: Connection, transaction: Transaction): StoreWriter {
	return new Rooms(connection, transaction);
}

/** Most calls enter one or two rooms, so each is made when it is entered. */
class Rooms implements StoreWriter {
	#records: StoreWriter['records'] | undefined;
	#keys: StoreWriter['keys'] | undefined;
	#evidence: StoreWriter['evidence'] | undefined;
	#decisions: StoreWriter['decisions'] | undefined;
	#profiles: StoreWriter['profiles'] | undefined;
	#promises: StoreWriter['promises'] | undefined;
	#departures: StoreWriter['departures'] | undefined;
	#events: StoreWriter['events'] | undefined;
	#reviews: StoreWriter['reviews'] | undefined;
	#cursors: StoreWriter['cursors'] | undefined;
	#ledger: StoreWriter['ledger'] | undefined;
	#rejections: StoreWriter['rejections'] | undefined;
	#models: StoreWriter['models'] | undefined;
	#texts: StoreWriter['texts'] | undefined;

	constructor(
		private readonly connection: Connection,
		private readonly transaction: Transaction,
	) {}

	get records(): StoreWriter['records'] {
		return (this.#records ??= guarded<StoreWriter['records']>(new SqliteRecords(this.connection), this.transaction));
	}

	get keys(): StoreWriter['keys'] {
		return (this.#keys ??= guarded<StoreWriter['keys']>(new SqliteKeys(this.connection), this.transaction));
	}

	get evidence(): StoreWriter['evidence'] {
		return (this.#evidence ??= guarded<StoreWriter['evidence']>(new SqliteEvidence(this.connection), this.transaction));
	}

	get decisions(): StoreWriter['decisions'] {
		return (this.#decisions ??= guarded<StoreWriter['decisions']>(new SqliteDecisions(this.connection), this.transaction));
	}

	get profiles(): StoreWriter['profiles'] {
		return (this.#profiles ??= guarded<StoreWriter['profiles']>(new SqliteProfiles(this.connection), this.transaction));
	}

	get promises(): StoreWriter['promises'] {
		return (this.#promises ??= guarded<StoreWriter['promises']>(new SqlitePromises(this.connection), this.transaction));
	}

	get departures(): StoreWriter['departures'] {
		return (this.#departures ??= guarded<StoreWriter['departures']>(new SqliteDepartures(this.connection), this.transaction));
	}

	get events(): StoreWriter['events'] {
		return (this.#events ??= guarded<StoreWriter['events']>(new SqliteEvents(this.connection), this.transaction));
	}

	get reviews(): StoreWriter['reviews'] {
		return (this.#reviews ??= guarded<StoreWriter['reviews']>(new SqliteReviews(this.connection), this.transaction));
	}

	get cursors(): StoreWriter['cursors'] {
		return (this.#cursors ??= guarded<StoreWriter['cursors']>(new SqliteCursors(this.connection), this.transaction));
	}

	get ledger(): StoreWriter['ledger'] {
		return (this.#ledger ??= guarded<StoreWriter['ledger']>(new SqliteLedger(this.connection), this.transaction));
	}

	get rejections(): StoreWriter['rejections'] {
		return (this.#rejections ??= guarded<StoreWriter['rejections']>(new SqliteRejections(this.connection), this.transaction));
	}

	get models(): StoreWriter['models'] {
		return (this.#models ??= guarded<StoreWriter['models']>(new SqliteModels(this.connection), this.transaction));
	}

	get texts(): StoreWriter['texts'] {
		return (this.#texts ??= guarded<StoreWriter['texts']>(new SqliteTexts(this.connection), this.transaction));
	}
}
