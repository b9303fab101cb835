export * from './designation.ts';
export * from './load.ts';
export * from './register.ts';
