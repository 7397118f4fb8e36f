/** All that nodes, credentials and the command line use; bundled into one file, so that a process has one store handle and one rate limit an account. */
export * from './activate';
export * from './domain';
export * from './host';
export * from './identity';
export * from './insight';
export * from './match';
export * from './merge';
export * from './normalize';
export * from './sources';
export * from './store';
export * from './systems';
export * from './transport';
