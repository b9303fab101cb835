export * from './sphere.ts';
export * from './cells.ts';
export * from './coast.ts';
export * from './coast-index.ts';
export * from './shore.ts';
export * from './place-index.ts';
export * from './zone-shape.ts';
