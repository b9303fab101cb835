export * from './feed.ts';
export * from './nmea.ts';
