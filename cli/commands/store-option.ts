/** Of every command that needs a store. */
export const STORE_OPTION = ['--store <store>', 'the identity store: a file, or postgres://USER:PASSWORD@HOST:5432/DATABASE?schema=NAME (the password may stand in PGPASSWORD)'] as const;

/** Of one that works on files only. */
export const STORE_FILE_OPTION = ['--store <store>', 'the identity store, a file'] as const;
