export * from './language.ts';
export * from './publish.ts';
export * from './sentences/english.ts';
export * from './sentences/plain-text.ts';
export * from './sentences/reasons.ts';
export * from './sentences/translations.ts';
export * from './sentences/words.ts';
export * from './severity.ts';
