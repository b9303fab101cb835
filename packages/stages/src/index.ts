export * from './fold.ts';
export type { FoldDump } from './fold-dump.ts';
export * from './fold-result.ts';
export * from './fold-setting.ts';
export { takeSaid } from './said-again.ts';
