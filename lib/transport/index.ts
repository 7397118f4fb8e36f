export * from './download';
export * from './errors';
export * from './http-client';
export { inTurns, slices } from './in-turns';
export * from './limits';
export * from './redact';
export type { VendorError } from './vendor-error';
