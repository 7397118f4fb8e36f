export * from './hand-out-events';
export * from './pull-source';
