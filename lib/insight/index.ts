export * from './conditions';
export * from './insights';
export * from './metrics';
export * from './money';
