export * from './fold.ts';
export type { FoldDump } from './fold-dump.ts';
