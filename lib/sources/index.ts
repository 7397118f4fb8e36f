export * from './hand-out-events';
export * from './heartbeat';
export * from './pull-source';
export type { SourceWork } from './source-work';
