export type { HostedStore, TaskListener } from './hosted-store';
export { LongWork } from './long-work';
export { openHostedStore, openThreadedStore } from './open-hosted-store';
export { duration, Pace } from './pace';
export { sourceWork } from './source-work';
export type { TaskProgress } from './task';
export type * from './tasks';
