/** For messages about a store that can't be used any more. */
export const HOW_TO_RESTORE =
	'To go back to a backup, stop n8n and all else that uses the store, and run "customer360 restore --from BACKUP --store FILE".';
