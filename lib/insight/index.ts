export { probabilityText } from './charts/chart-text';
export * from './compared-records';
export * from './conditions';
export * from './insights';
export * from './match-report';
export * from './metrics';
export * from './money';
export * from './review-page';
export * from './waterfall';
