export * from './migrate.ts';
export * from './queries/index.ts';
export * from './schema.ts';
