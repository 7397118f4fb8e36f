export * from './pull-source';
