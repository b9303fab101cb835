export * from './publish.ts';
export * from './sentences/english.ts';
export * from './severity.ts';
