export { finishFirstLoad } from './finish';
export { FirstLoad } from './first-load';
export { HOW_TO_FINISH, isLoading, refuseWhileLoading } from './loading';
export type { LoadStep } from '../at-once/turns';
