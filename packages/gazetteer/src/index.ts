export * from './port.ts';
export * from './gazetteer.ts';
export * from './records.ts';
export * from './watch-grid.ts';
export * from './load.ts';
