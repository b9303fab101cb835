import { PIECE_MS, Reception, receptionCell, regionAt, watchRegion, type RegionQuery } from '@offing/rules';
import { describe, expect, test } from 'vitest';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** The silence begins here; heard before are the ten hours before it. */
const OFF_AT = Date.parse('2016-11-05T10:00:00Z');
const QUERY: RegionQuery = { lon: 120, lat: 37.7, at: OFF_AT, feed: 0, cadenceMs: 10 * MINUTE };

/** A ship that lies `km` east of the place and is heard at these minutes from the beginning of the silence. */
type Heard = { readonly km: number; readonly minutes: readonly number[]; readonly aisClass?: number };

function minutes(from: number, to: number, every = 10): number[] {
  return Array.from({ length: Math.floor((to - from) / every) + 1 }, (_, i) => from + i * every);
}

function receptionOf(ships: readonly Heard[]): Reception {
  const notes = ships.flatMap(({ km, minutes: times, aisClass = 1 }, i) =>
    times.map((minute) => ({
      at: OFF_AT + minute * MINUTE,
      mmsi: 413_000_001 + i,
      lon: 120 + km / 87.98,
      aisClass,
    })),
  );
  const reception = new Reception(20 * HOUR);
  for (const { at, mmsi, lon, aisClass } of notes.sort((a, b) => a.at - b.at))
    reception.note(at, mmsi, receptionCell(lon, 37.7), 0, aisClass, 1, lon, 37.7);
  return reception;
}

const WENT_SILENT = minutes(-600, 0);
const GOES_ON = minutes(-600, 400);
const AFTER = OFF_AT + 6.2 * HOUR;

function kindOf(ships: readonly Heard[], query = QUERY): string {
  return regionAt(receptionOf(ships), query, AFTER).kind;
}

function some(count: number, km: number, times: readonly number[], aisClass = 1): Heard[] {
  return Array.from({ length: count }, (_, i) => ({ km: km + i * 0.1, minutes: times, aisClass }));
}

describe('the region of a ship that fell silent', () => {
  test.each([
    ['three of three', some(3, 0, WENT_SILENT), 'out'],
    ['two of two', some(2, 0, WENT_SILENT), 'heard'],
    ['four of five', [...some(4, 0, WENT_SILENT), ...some(1, 5, GOES_ON)], 'out'],
    ['three of four', [...some(3, 0, WENT_SILENT), ...some(1, 5, GOES_ON)], 'edge'],
    ['three of ten', [...some(3, 0, WENT_SILENT), ...some(7, 5, GOES_ON)], 'edge'],
    ['three of eleven', [...some(3, 0, WENT_SILENT), ...some(8, 5, GOES_ON)], 'edge'],
    ['one of nine', [...some(1, 0, WENT_SILENT), ...some(8, 5, GOES_ON)], 'heard'],
    ['all within 25 km, none of those beyond', [...some(4, 0, WENT_SILENT), ...some(9, 30, GOES_ON)], 'out'],
    ['ships of both classes', [...some(2, 0, WENT_SILENT, 1), ...some(2, 1, WENT_SILENT, 2)], 'out'],
  ] as const)('%s fell silent with it', (_, ships, kind) => {
    expect(kindOf(ships)).toBe(kind);
  });

  test('is not out when the others fell silent half an hour before it, or an hour after', () => {
    const own = some(1, 0, WENT_SILENT);
    expect(kindOf([...own, ...some(4, 1, minutes(-600, -40))])).toBe('heard');
    expect(kindOf([...own, ...some(4, 1, minutes(-600, 60))])).toBe('heard');
  });

  test('is out when a ship that is seldom heard was heard last some time before the others', () => {
    const others = some(4, 1, minutes(-600, 40));
    const own = some(1, 0, minutes(-600, 0, 40));
    expect(kindOf([...own, ...others])).toBe('heard');
    expect(kindOf([...own, ...others], { ...QUERY, cadenceMs: 40 * MINUTE })).toBe('out');
  });

  test('is not out between the passes of a satellite', () => {
    const passes = minutes(-600, 400, 90).flatMap((minute) => [minute, minute + 10]);
    expect(
      kindOf([
        ...some(
          1,
          0,
          passes.filter((minute) => minute <= 40),
        ),
        ...some(5, 1, passes),
      ]),
    ).toBe('heard');
  });

  test('is back when half of its ships are heard in an hour again', () => {
    const back = (count: number) => [
      ...some(count, 0, [...WENT_SILENT, ...minutes(180, 700)]),
      ...some(6 - count, 2, WENT_SILENT),
    ];
    expect(regionAt(receptionOf(back(3)), QUERY, AFTER).backAt).toBe(OFF_AT + 180 * MINUTE);
    expect(regionAt(receptionOf(back(2)), QUERY, AFTER).backAt).toBeNull();
  });

  test('comes back at the same time however often it is looked at', () => {
    const reception = receptionOf(some(6, 0, [...WENT_SILENT, ...minutes(480, 700)]));
    let region = regionAt(reception, QUERY, AFTER);
    expect(region).toMatchObject({ kind: 'out', backAt: null });
    for (let now = AFTER; now < OFF_AT + 11 * HOUR; now += 25 * MINUTE)
      region = watchRegion(region, reception, QUERY, now);
    expect(region.backAt).toBe(OFF_AT + 480 * MINUTE);
    const once = watchRegion(regionAt(reception, QUERY, AFTER), reception, QUERY, OFF_AT + 11 * HOUR);
    expect(once.backAt).toBe(region.backAt);
    expect(PIECE_MS).toBe(10 * MINUTE);
  });
});
