export { finishFirstLoad } from './finish';
export { FirstLoad } from './first-load';
export { isLoading } from './loading';
