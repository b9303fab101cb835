import { namedInstants, type NamingVersion } from '@offing/store';
import { describe, expect, it } from 'vitest';

const VERSION: NamingVersion = {
  event_id: 'e_1',
  mmsi: [445_000_001, 412_000_002],
  opened_at: '2016-11-05T15:40:00.000Z',
  closed_at: null,
  evidence: {},
};

/** The instants of a version as `mmsi instant`, without those of its first moment. */
function named(evidence: NamingVersion['evidence'], mmsi: readonly number[] = [1]): readonly string[] {
  return namedInstants({ ...VERSION, mmsi, evidence })
    .filter(({ at }) => at !== VERSION.opened_at)
    .map((instant) => `${instant.mmsi} ${instant.at}`);
}

describe('the instants that a version names', () => {
  it('are its first and last moment, of each of its ships', () => {
    const closed = namedInstants({ ...VERSION, closed_at: '2016-11-06T18:45:00.000Z' });
    expect(closed.map(({ event_id, mmsi, at }) => [event_id, mmsi, at.slice(8, 10)])).toEqual([
      ['e_1', 445_000_001, '05'],
      ['e_1', 412_000_002, '05'],
      ['e_1', 445_000_001, '06'],
      ['e_1', 412_000_002, '06'],
    ]);
  });

  it.each<readonly [string, NamingVersion['evidence'], readonly string[]]>([
    ['a fix', { off: { at: '2016-11-05T15:40:01Z', lon: 1, lat: 2 } }, ['1 2016-11-05T15:40:01Z']],
    ['a fix with milliseconds', { off: { at: '2016-11-05T15:40:01.250Z' } }, ['1 2016-11-05T15:40:01.250Z']],
    [
      'a way of many',
      { way: [{ at: '2016-11-05T10:00:00Z' }, { at: '2016-11-05T11:00:00Z' }] },
      ['1 2016-11-05T10:00:00Z', '1 2016-11-05T11:00:00Z'],
    ],
    ['another ship', { hulls: [{ mmsi: 7, lastHeard: '2016-11-05T10:00:00Z' }] }, ['7 2016-11-05T10:00:00Z']],
    [
      'another ship around it',
      { other: { mmsi: 7, last: { at: '2016-11-05T10:00:00Z' } } },
      ['7 2016-11-05T10:00:00Z'],
    ],
    ['the same twice', { a: '2016-11-05T10:00:00Z', b: '2016-11-05T10:00:00Z' }, ['1 2016-11-05T10:00:00Z']],
    ['days and other text', { on: '2016-11-05', at: 'Longkou', why: 'seen 2016-11-05T10:00:00Z there' }, []],
    ['numbers and nothing', { at: 1478360400, mmsi: null, last: null, is: true }, []],
  ])('are found in evidence: %s', (_what, evidence, expected) => {
    expect(named(evidence)).toEqual(expected);
  });

  it('are no more than can be looked for', () => {
    const many = Array.from({ length: 5000 }, (_, i) => ({ at: new Date(i * 1000).toISOString() }));
    expect(named({ many }).length).toBeLessThanOrEqual(400);
  });
});
