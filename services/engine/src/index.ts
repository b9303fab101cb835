export * from './engine.ts';
export * from './session.ts';
export type * from './session-types.ts';
export * from './held-instants.ts';
export { refold } from './refold.ts';
export * from './live-run.ts';
