export * from './bookkeeping';
export * from './evidence';
export * from './feed';
export * from './identity-store';
export * from './keys';
export * from './profiles';
export * from './records';
export * from './texts';
