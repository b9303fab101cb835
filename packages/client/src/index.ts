export type { components, operations, paths } from './api-types.ts';
export * from './client.ts';
