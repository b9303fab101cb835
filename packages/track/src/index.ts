export * from './columns.ts';
export * from './hull-columns.ts';
export * from './hulls.ts';
export * from './identity.ts';
export * from './int-map.ts';
export * from './statics.ts';
export * from './timer-heap.ts';
