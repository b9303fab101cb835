import { describe, expect, it } from 'vitest';
import { FEED_KINDS, KIND_FIELDS } from '../src/feeds-config-schema.ts';
import { faultLines, readFeedsConfig } from '../src/feeds-config.ts';

const VARIABLES: Readonly<Record<string, string>> = { KEY: 'k-1', EMPTYLESS: 'x' };
const read = (file: unknown) =>
  readFeedsConfig(typeof file === 'string' ? file : JSON.stringify(file), (name) => VARIABLES[name]);
const faultsOf = (...feeds: unknown[]) => read({ feeds }).faults ?? [];

const TCP = { name: 'coast', kind: 'nmea-tcp', host: '192.0.2.1', port: 5631 };
const STREAM = { name: 'world', kind: 'aisstream', apiKey: { env: 'KEY' }, boxes: [[105, 15, 132, 42]] };

describe('readFeedsConfig', () => {
  it('reads feeds with what is left out filled in, secrets from the environment', () => {
    expect(read({ feeds: [TCP, STREAM], allowedLatenessSeconds: 900 }).config).toEqual({
      latenessMs: 900_000,
      rawKeepDays: 30,
      designations: [],
      feeds: [
        {
          name: 'coast',
          synthetic: false,
          terms: null,
          source: { kind: 'nmea-tcp', host: '192.0.2.1', port: 5631 },
          staleDays: 1,
          silentS: 120,
        },
        {
          name: 'world',
          synthetic: false,
          terms: null,
          source: {
            kind: 'aisstream',
            url: 'wss://stream.aisstream.io/v0/stream',
            apiKey: { env: 'KEY', value: 'k-1' },
            boxes: [{ west: 105, south: 15, east: 132, north: 42 }],
            mmsi: [],
          },
          staleDays: 1,
          silentS: 120,
        },
      ],
    });
  });

  it('reads lists of ships that are fetched, daily unless it says otherwise', () => {
    const urls = ['https://lists.example.org/sdn.csv?v=1', 'https://lists.example.org/alt.csv'];
    const { config } = read({ designations: [{ urls }, { urls, list: 'MINE', everyHours: 1 }] });
    expect(config?.designations).toEqual([
      { urls, list: null, everyMs: 86_400_000 },
      { urls, list: 'MINE', everyMs: 3_600_000 },
    ]);
    const faulty = [{ urls: [] }, { urls: ['ftp://a/b'] }, { urls, everyHours: 0 }, { urls, each: 1 }, {}, 7];
    const faults = read({ designations: faulty }).faults?.map(({ field }) => field);
    expect(faults).toEqual([
      'designations[0].urls',
      'designations[1].urls',
      'designations[2].everyHours',
      'designations[3].each',
      'designations[4].urls',
      'designations[5]',
    ]);
    const secret = read({ designations: [{ urls: 'https://me:word@lists.example.org/' }] }).faults ?? [];
    expect(faultLines(secret)).not.toContain('word');
  });

  it.each(FEED_KINDS)('takes a feed of kind %s with only the fields that it must have', (kind) => {
    const fields: Readonly<Record<string, unknown>> = {
      host: 'localhost',
      port: 4000,
      apiKey: { env: 'KEY' },
      clientSecret: { env: 'KEY' },
      username: { env: 'KEY' },
      clientId: 'me',
      boxes: [[105, 15, 132, 42]],
      url: 'ws://localhost:3000',
    };
    const needed = Object.entries(KIND_FIELDS[kind]).filter(([, schema]) => !('~optional' in schema));
    const feed = { name: 'a', kind, ...Object.fromEntries(needed.map(([field]) => [field, fields[field]])) };
    expect(read({ feeds: [feed] }).faults).toBeNull();
  });

  it('listens on this machine only unless it is told otherwise', () => {
    const { config } = read({ feeds: [{ name: 'udp', kind: 'nmea-udp', port: 4000 }] });
    expect(config?.feeds[0].source).toEqual({ kind: 'nmea-udp', host: '127.0.0.1', port: 4000 });
  });

  it('tells all faults at once, each with field, value and expectation', () => {
    const faults = faultsOf(
      { ...TCP, port: 70_000, host: '', prot: 1 },
      { name: 'Coast 2', kind: 'nmea-tcp', port: 1 },
      { name: 'x', kind: 'telepathy' },
      7,
      { ...STREAM, boxes: [[132, 15, 105, 42]] },
    );
    expect(faults.map(({ field }) => field).sort()).toEqual([
      'feeds[0].host',
      'feeds[0].port',
      'feeds[0].prot',
      'feeds[1].host',
      'feeds[1].name',
      'feeds[2].kind',
      'feeds[3]',
      'feeds[4].boxes[0]',
    ]);
    expect(faults).toContainEqual({
      field: 'feeds[0].port',
      value: '70000',
      expected: 'a whole number from 1 to 65535',
    });
    expect(faults).toContainEqual({
      field: 'feeds[1].host',
      value: 'missing',
      expected: 'the name or address of a host',
    });
    expect(faultLines(faults)).toContain('feeds[2].kind is "telepathy", expected one of nmea-tcp');
  });

  it.each([
    ['no JSON', '{"feeds": [', 'the file'],
    ['no object', [], 'the file'],
    ['feeds that are no list', { feeds: {} }, 'feeds'],
    ['an unknown field of the file', { feed: [] }, 'feed'],
    ['a lateness below zero', { allowedLatenessSeconds: -1 }, 'allowedLatenessSeconds'],
    ['raw records kept for less than no time', { rawKeepDays: -1 }, 'rawKeepDays'],
    ['two feeds of one name', { feeds: [TCP, TCP] }, 'feeds[1].name'],
    [
      'two feeds of standard input',
      {
        feeds: [
          { name: 'a', kind: 'nmea-stdin' },
          { name: 'b', kind: 'nmea-stdin' },
        ],
      },
      'feeds[1].kind',
    ],
    [
      'AISHub asked more than once a minute',
      { feeds: [{ name: 'a', kind: 'aishub', username: { env: 'KEY' }, everySeconds: 30 }] },
      'feeds[0].everySeconds',
    ],
    ['an address of another protocol', { feeds: [{ ...STREAM, url: 'http://localhost' }] }, 'feeds[0].url'],
    ['a field of another kind', { feeds: [{ ...TCP, boxes: [] }] }, 'feeds[0].boxes'],
    ['a box with three corners', { feeds: [{ ...STREAM, boxes: [[1, 2, 3]] }] }, 'feeds[0].boxes'],
    ['a variable that is not set', { feeds: [{ ...STREAM, apiKey: { env: 'NONE' } }] }, 'feeds[0].apiKey'],
  ])('refuses %s', (_what, file, field) => {
    expect(read(file).faults?.map((fault) => fault.field)).toEqual([field]);
  });

  it.each([
    ['a key', { ...STREAM, apiKey: 'sk-12345' }],
    ['an address with a password', { name: 's', kind: 'signalk', url: 'ws://me:sk-12345@localhost' }],
    ['a key in a query', { name: 's', kind: 'signalk', url: 'ws://localhost/?token=sk-12345' }],
  ])('refuses %s in the file, and does not show it', (_what, feed) => {
    const faults = faultsOf(feed);
    expect(faults).toHaveLength(1);
    expect(faultLines(faults)).not.toContain('sk-12345');
    expect(faultLines(faults)).toContain('not shown');
  });

  it('does not show a secret of a file that is no JSON', () => {
    expect(faultLines(read('{"apiKey": sk-12345').faults ?? [])).not.toContain('sk-');
  });
});
