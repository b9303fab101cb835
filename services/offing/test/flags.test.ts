import { describe, expect, it } from 'vitest';
import { FORMAT_IDS } from '@offing/feeds';
import { FORMATS } from '../src/command-line.ts';
import { readServeConfig } from '../src/config.ts';
import { instantFlag, mapFlags, numberFlag } from '../src/flags.ts';

describe('flags', () => {
  it('take an instant in UTC where no zone is said, and a day as its first or last moment', () => {
    expect(instantFlag('--from', '2016-11-05T15:40:00')).toBe(Date.UTC(2016, 10, 5, 15, 40));
    expect(instantFlag('--from', '2016-11-05T15:40:00+09:00')).toBe(Date.UTC(2016, 10, 5, 6, 40));
    expect(instantFlag('--to', '2016-11-05', 'last')).toBe(Date.UTC(2016, 10, 6) - 1);
  });

  it.each(['', '2016-02-30', '1e9', 'now'])('do not take %j for an instant', (text) => {
    expect(() => instantFlag('--from', text)).toThrow(/--from: .*expected ISO 8601/);
  });

  it.each(['', '-1', '1.5', '0x10', '101', '1e2'])('do not take %j for a number from 0 to 100', (text) => {
    expect(() => numberFlag('--n', text, 0, 100)).toThrow(/expected a whole number from 0 to 100/);
  });

  it('map fields to columns, whatever signs the column has', () => {
    expect(mapFlags(['at=time', 'lon=x=y'])).toEqual({ at: 'time', lon: 'x=y' });
    expect(mapFlags(undefined)).toBeUndefined();
    expect(() => mapFlags(['=x'])).toThrow(/expected field=column/);
  });

  it('offer every format that can be read', () => {
    expect([...FORMATS].sort()).toEqual([...FORMAT_IDS].sort());
  });
});

describe('the environment of the service', () => {
  it('may be empty', () => {
    expect(readServeConfig({})).toEqual({ databaseUrl: undefined, logLevel: 'warn' });
    expect(readServeConfig({ DATABASE_URL: '', LOG_LEVEL: '' })).toEqual(readServeConfig({}));
  });

  it('tells all its faults at once', () => {
    expect(() => readServeConfig({ DATABASE_URL: 'x', LOG_LEVEL: 'y' })).toThrow(
      /LOG_LEVEL.*\n.*DATABASE_URL/,
    );
  });
});
