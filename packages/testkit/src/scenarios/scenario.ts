import { randomOf } from './random.ts';
import { ahead, Ship, type Identity, type Line, type LonLat, type Start } from './ship.ts';

/** One event that a replay must give, or must not; the fields are those of `expected.json`. */
export type Label = {
  readonly type: string;
  readonly mmsi?: number;
  readonly other_mmsi?: number;
  readonly near_port?: string;
  readonly verdict?: string;
  readonly start_about?: string;
  readonly end_about?: string;
  readonly duration_h?: number;
  readonly tolerance_h?: number;
  readonly count?: number;
  readonly where?: string;
  readonly why?: string;
};

/** A ship on a made-up list. */
export type Listed = {
  readonly list: string;
  readonly imo: number;
  readonly name: string;
  readonly designated_on: string;
  readonly delisted_on: string | null;
};

/** A polygon of a user: its corners, the first not said again. */
export type DrawnZone = { readonly id: string; readonly corners: readonly LonLat[] };

/** A made-up stretch of sea with what there is to find in it. */
export type Scenario = {
  readonly file: string;
  /** What it shows, in a sentence; where the pattern is from. */
  readonly about: string;
  readonly lines: readonly Line[];
  readonly must: readonly Label[];
  readonly must_not: readonly Label[];
  /** Reference data that the scenario has beside the bundled. */
  readonly listed?: readonly Listed[];
  readonly zones?: readonly DrawnZone[];
};

/** Makes the ships of one scenario. */
export type Sea = {
  /** A ship that is led by hand. */
  readonly ship: (identity: Identity, start: Start) => Ship;
  /** Ships that go to and fro around a place, so that someone is heard there: as many as asked, of Chinese flag. */
  readonly passers: (asked: Passers) => void;
};

/** Ships that go to and fro around a place. */
export type Passers = {
  readonly ships: number;
  readonly around: LonLat;
  readonly withinKm: number;
  readonly from: string;
  readonly hours: number;
  readonly everyMin?: number;
  /** The first of their MMSIs and of their numbers. */
  readonly first?: number;
  readonly type?: number;
  readonly aisClass?: 'A' | 'B';
  readonly kn?: number;
};

/** What a scenario says beside its ships. */
export type Told = {
  readonly about: string;
  readonly must?: readonly Label[];
  readonly must_not?: readonly Label[];
  readonly listed?: readonly Listed[];
  readonly zones?: readonly DrawnZone[];
};

/** Returns a scenario whose ships `make` puts to sea; the same name gives the same lines. */
export function scenario(file: string, make: (sea: Sea) => Told): Scenario {
  const random = randomOf(file);
  const ships: Ship[] = [];
  const ship = (identity: Identity, start: Start): Ship => {
    const made = new Ship(identity, start, random);
    ships.push(made);
    return made;
  };
  const passers = (asked: Passers): void => {
    const { around, withinKm, hours, from, first = 100, kn = 7 } = asked;
    for (let i = 0; i < asked.ships; i++) {
      const course = (360 * i) / asked.ships + random.spread(20);
      const west = ahead(around, withinKm * (0.3 + 0.6 * random.next()), course);
      const east = ahead(around, withinKm * (0.3 + 0.6 * random.next()), course + 120 + random.spread(40));
      const begin = new Date(Date.parse(from) + random.next() * 600_000).toISOString();
      const passer = ship(
        {
          ...made(413_901_000 + first + i, first + i, `PASSER ${first + i}`),
          ...(asked.type === undefined ? {} : { type: asked.type }),
          ...(asked.aisClass === undefined ? {} : { aisClass: asked.aisClass }),
        },
        { at: begin, place: west, everyMin: asked.everyMin ?? 15 },
      );
      const until = Date.parse(from) + hours * 3_600_000;
      while (passer.now < until) passer.sail(kn + random.spread(1), east, west);
      passer.forgetAfter(until);
    }
  };
  const { about, must = [], must_not = [], ...reference } = make({ ship, passers });
  const lines = ships.flatMap(({ lines: own }) => own).sort((a, b) => a.at - b.at || a.mmsi - b.mmsi);
  return { file, about, lines, must, must_not, ...reference };
}

/** Returns what a made-up ship says of itself: an MMSI, a number of its own from which its IMO number is made, a name. */
export function made(mmsi: number, number: number, name: string): Identity {
  return { mmsi, imo: imoNumberOf(910_000 + number), name, callSign: `ZZ${number}` };
}

/** Six digits with their check digit (IMO Resolution A.1117(30)): the lists hold none of those used here. */
export function imoNumberOf(digits: number): number {
  const sum = [...String(digits)].reduce((total, digit, i) => total + Number(digit) * (7 - i), 0);
  return digits * 10 + (sum % 10);
}

/** Returns the instant so many hours after another, ISO 8601. */
export function after(at: string, hours: number): string {
  return new Date(Date.parse(at) + hours * 3_600_000).toISOString();
}

/** Returns a moment of a ship's as text. */
export function iso(at: number): string {
  return new Date(at).toISOString();
}
