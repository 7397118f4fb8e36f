export * from './cluster';
export * from './comparable';
export * from './edges';
export * from './guards';
export * from './judge';
export * from './keys';
export * from './names';
export type { MatchRule } from './rule';
export * from './similarity';
