export * from './engine.ts';
export * from './fold/fold.ts';
export * from './session.ts';
