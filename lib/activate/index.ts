export * from './plan';
export * from './sync';
