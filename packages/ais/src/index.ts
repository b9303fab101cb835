export * from './bits.ts';
export * from './epoch.ts';
export * from './sentence.ts';
export * from './tag-block.ts';
export * from './assembly.ts';
export * from './payload-lengths.ts';
