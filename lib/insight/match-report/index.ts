export type * from './figures';
export * from './measure';
export { matchReportPage } from './page';
export type * from './run-figures';
