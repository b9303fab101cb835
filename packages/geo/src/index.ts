export * from './sphere.ts';
export * from './cells.ts';
