export * from './quantities.ts';
export * from './identity-numbers.ts';
export * from './instants.ts';
export * from './stable-id.ts';
export * from './flag-of-mid.ts';
