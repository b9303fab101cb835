export * from './engine.ts';
export * from './session.ts';
export type * from './session-types.ts';
