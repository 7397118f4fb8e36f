export { type PrepareBatch, prepareBatch, preparingPart, type PreparingModel } from './batch';
export type { Prepared } from './prepared';
export { openPreparer, type Preparer } from './preparer';
