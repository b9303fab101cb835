import { track, type TrackBuilder, type TrackRow, type TrackStart } from '@offing/testkit';
import { AIS_CLASS } from '@offing/track';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '@offing/units';

/** When the made-up traffic begins. */
export const TRAFFIC_START = '2019-06-03T00:00:07Z';
/** The feeds of the traffic, by the numbers that its rows have. */
export const TRAFFIC_FEEDS = [
  { name: 'shore', synthetic: false },
  { name: 'roof', synthetic: false, terms: 'made up' },
  { name: 'drill', synthetic: true },
] as const;
/** Of the compiled history: listed by the UN on 2018-03-30, and still. */
const LISTED_IMO = 8604917;
/** Off Longkou, 28 km from the nearest anchorage point. */
const OFF_PORT = { lon: 120.2, lat: 38.0 };
/** The open Bohai, where others lie within 50 km. */
const AT_SEA = { lon: 119.9, lat: 38.3 };

/** Hours from the beginning between which the second feed hears nothing at all. */
const OUT_FROM_H = 60;
const OUT_TO_H = 69;

/** How much traffic is made. */
export type TrafficOptions = { readonly seed: number; readonly everyMin: number; readonly days: number };

/**
 * Returns the records of some forty ships over some days, the same for the same options: some that are always heard, some
 * that fall silent (shortly, for long, twice, during an outage of their feed, for good), some that lie off a port, one that
 * is designated, hulls that share an MMSI, ships that change what they say of themselves, and a second feed that hears some
 * of them too.
 */
export function makeTraffic(options: TrafficOptions): readonly TrackRow[] {
  const random = randomNumbers(options.seed);
  const fleet = new Fleet(options, random);
  const hours = options.days * 24;
  for (let i = 0; i < 12; i++)
    fleet.add({ lon: 119.7 + i / 20, lat: 38.25 + (i % 3) / 20 }, (ship) =>
      ship.sail(hours, 3 + (i % 4), i % 2 ? 90 : 270),
    );
  for (let i = 0; i < 8; i++) fleet.add({ lon: 120.0 + i / 40, lat: 38.1 }, (ship) => ship.lie(hours));
  for (let i = 0; i < 8; i++) fleet.add(AT_SEA, (ship) => silences(ship, hours, random));
  for (let i = 0; i < 3; i++)
    fleet.add(OFF_PORT, (ship) =>
      ship
        .sail(6, 8, 180)
        .lie(28 + 9 * i, 0.6)
        .sail(5, 9, 0)
        .lie(hours, 0.9),
    );
  fleet.add({ ...AT_SEA, report: { imoNumber: LISTED_IMO, shipName: 'YU JONG 2' } }, (ship) =>
    ship.sail(9, 7, 120).silent(16).sail(hours, 4, 300),
  );
  fleet.add({ ...OFF_PORT, report: { imoNumber: LISTED_IMO * 100, shipName: 'SOUTH' } }, (ship) =>
    ship.lie(hours, 0.7),
  );
  fleet.add({ lon: 121.5, lat: 38.9, feed: 2 }, (ship) =>
    ship.sail(20, 6, 200).silent(11).sail(hours, 6, 20),
  );
  for (let i = 0; i < 4; i++)
    fleet.add({ lon: 125 + i / 20, lat: 37, feed: 1 }, (ship) =>
      ship.sail(30, 4, 90).silent(9).sail(hours, 4, 270),
    );
  fleet.add({ lon: 125.1, lat: 37.1, feed: 1, aisClass: AIS_CLASS.B }, (ship) =>
    ship.sail(28, 5, 0).silent(7.5).sail(hours, 5, 180),
  );
  fleet.addShared();
  fleet.addTalkative();
  return fleet.rows(hours);
}

class Fleet {
  #options: TrafficOptions;
  #random: () => number;
  #ships: TrackBuilder[] = [];

  constructor(options: TrafficOptions, random: () => number) {
    this.#options = options;
    this.#random = random;
  }

  add(
    start: Pick<TrackStart, 'lon' | 'lat'> & Partial<TrackStart>,
    steer: (ship: TrackBuilder) => unknown,
  ): void {
    const mmsi = 412_000_001 + this.#ships.length;
    const at = new Date(Date.parse(TRAFFIC_START) + Math.floor(this.#random() * 20) * MINUTE_MS);
    const ship = track({
      mmsi,
      at: at.toISOString(),
      everyMin: this.#options.everyMin * (1 + Math.floor(this.#random() * 3)),
      report: { shipName: `SHIP ${mmsi % 100}`, shipType: 70, lengthM: 90 + (mmsi % 60) },
      ...start,
    });
    steer(ship);
    this.#ships.push(ship);
  }

  /** Two ships far apart under one number: one falls silent while the other is heard. */
  addShared(): void {
    const mmsi = 413_999_999;
    this.add({ ...AT_SEA, mmsi }, (ship) => ship.sail(15, 5, 90).silent(14).sail(200, 5, 90));
    this.add({ lon: 127.5, lat: 34.5, mmsi }, (ship) => ship.silent(24.5).sail(200, 5, 90));
    // A single faulty fix before the ship itself: the hull that it shows is never believed.
    this.add({ lon: 10, lat: 50, mmsi: 413_999_998 }, (ship) => ship.lie(0.01));
    this.add({ ...AT_SEA, mmsi: 413_999_998 }, (ship) => ship.silent(1).sail(200, 4, 45));
  }

  /** Ships that say many things of themselves, in parts and again and again. */
  addTalkative(): void {
    this.add({ lon: 120.4, lat: 38.4 }, (ship) => {
      for (let i = 0; i < 40; i++) {
        ship
          .sail(1.5, 4, 60 + i)
          .report({ shipName: `NAME ${Math.floor(i / 9)}` })
          .report({ callSign: 'BQXY', draughtM: 5 + (i % 4) / 2 });
      }
    });
    this.add({ lon: 120.5, lat: 38.45 }, (ship) => {
      ship.report({ imoNumber: 9_074_729, destination: 'LONGKOU' });
      for (let i = 0; i < 12; i++)
        ship
          .sail(5, 6, 200)
          .report({ imoNumber: i % 2 ? 9_074_729 : null, destination: i > 6 ? 'DALIAN' : 'LONGKOU' });
    });
  }

  rows(hours: number): readonly TrackRow[] {
    const start = Date.parse(TRAFFIC_START);
    const end = start + hours * HOUR_MS;
    const rows = this.#ships
      .flatMap((ship) => ship.rows)
      .filter((row) => row.at < end)
      .map((row) => (row.lon === undefined ? row : { ...row, utcSecond: 7 }));
    const isOut = ({ at, feed }: TrackRow): boolean =>
      feed === 1 && at > start + OUT_FROM_H * HOUR_MS && at < start + OUT_TO_H * HOUR_MS;
    return [...rows, ...rows.flatMap((row) => this.#heardAgain(row))].filter((row) => !isOut(row));
  }

  /** What the second feed hears too: at the same instant, or some seconds later with the same second inside. */
  #heardAgain(row: TrackRow): TrackRow[] {
    if (row.feed !== 0 || row.lon === undefined || this.#random() > 0.05) return [];
    const { report: _report, ...position } = row;
    return this.#random() < 0.5 ? [{ ...position, feed: 1 }] : [{ ...position, at: row.at + 4000, feed: 1 }];
  }
}

/** A ship that is heard and not heard, for lengths around the threshold of six hours. */
function silences(ship: TrackBuilder, hours: number, random: () => number): void {
  const end = ship.now + hours * HOUR_MS;
  // Quarters of an hour: they are exact.
  const some = (least: number, range: number): number => least + Math.floor(random() * range * 4) / 4;
  while (ship.now < end) ship.sail(some(4, 20), some(2, 5), some(0, 360)).silent(some(2, 14), 1, 90);
}

/** Returns numbers in [0, 1) that are the same for the same seed (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Splits traffic into what comes in time and what comes late: stretches of some hours of every third ship. */
export function splitLate(rows: readonly TrackRow[]): {
  readonly inTime: readonly TrackRow[];
  readonly late: readonly TrackRow[];
} {
  const start = Date.parse(TRAFFIC_START);
  const isLate = ({ at, mmsi }: TrackRow): boolean =>
    mmsi % 3 === 0 && at > start + 3 * HOUR_MS && (at + mmsi * HOUR_MS) % DAY_MS < 8 * HOUR_MS;
  return { inTime: rows.filter((row) => !isLate(row)), late: rows.filter(isLate) };
}

/** Returns the event time in the middle of traffic, ms. */
export function middleOf(rows: readonly TrackRow[]): number {
  return [...rows].sort((a, b) => a.at - b.at)[Math.floor(rows.length / 2)].at;
}
