export * from './feed.ts';
export * from './nmea.ts';
export * from './nmea-decode.ts';
