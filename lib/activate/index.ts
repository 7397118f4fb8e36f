export * from './count-writes';
export * from './desired-fields';
export * from './destination';
export * from './plan';
export * from './sync';
