export * from './test-database.ts';
export * from './track.ts';
