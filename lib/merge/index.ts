export * from './golden-record';
export * from './survivorship';
