export * from './language.ts';
export * from './publish.ts';
export * from './sentences/english.ts';
export * from './sentences/plain-text.ts';
export * from './sentences/words.ts';
export * from './severity.ts';
