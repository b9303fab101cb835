export * from './engine.ts';
export * from './session.ts';
export type * from './session-types.ts';
export { refold } from './refold.ts';
export * from './live-run.ts';
