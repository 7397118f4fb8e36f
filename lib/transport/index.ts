export * from './download';
export * from './errors';
export * from './http-client';
export * from './limits';
export * from './redact';
export type { VendorError } from './vendor-error';
