export * from './announcements.ts';
export * from './coast-countries.ts';
export * from './port.ts';
export * from './gazetteer.ts';
export * from './records.ts';
export * from './watch-grid.ts';
export * from './zones.ts';
export * from './load.ts';
