/** What SQLite had not yet written into the former file would be written into the copy. */
export const HOW_TO_RESTORE =
	'To go back to a backup, stop n8n and all else that uses the store, take the files away that are named like it and end in -wal and -shm, put a copy of the backup ' +
	'in its place, and run "customer360 check".';
