export * from './columns.ts';
export * from './statics.ts';
