export * from './logger.ts';
export * from './offing-error.ts';
export * from './progress.ts';
export * from './shutdown.ts';
