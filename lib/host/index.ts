export type { HostedStore, TaskListener } from './hosted-store';
export { openHostedStore, openThreadedStore } from './open-hosted-store';
export { sourceWork } from './source-work';
export type { TaskProgress } from './task';
export type * from './tasks';
