import { HOUR_MS } from '@offing/units';
import { overlapMs } from './overlap.ts';
import type { Outage } from './outages.ts';
import { PIECE_MS, type Reception, type Witness, type WitnessQuery } from './reception.ts';

/** What was heard of others during a silence so far: by ship the number of ten-minute pieces, and in which hours of the silence. */
export type Tally = {
  /** Pieces up to here are in the tally, ms. */
  readonly until: number;
  readonly ships: ReadonlyMap<number, { readonly pieces: number; readonly nearestKm: number }>;
  /** Hours since the silence began in which at least one other ship was heard. */
  readonly hoursHeard: ReadonlySet<number>;
};

/** Returns an empty tally of a silence that began at an instant. */
export function startTally(silentFrom: number): Tally {
  return { until: Math.ceil(silentFrom / PIECE_MS) * PIECE_MS, ships: new Map(), hoursHeard: new Set() };
}

/** Returns the tally with what the reception model holds up to `to` added; the model keeps less than a long silence. */
export function extendTally(
  tally: Tally,
  reception: Reception,
  silentFrom: number,
  to: number,
  query: Omit<WitnessQuery, 'from' | 'to'>,
): Tally {
  const until = Math.floor(to / PIECE_MS) * PIECE_MS;
  if (until <= tally.until) return tally;
  const heard = reception.witnesses({ ...query, from: tally.until, to: until });
  if (heard.length === 0) return { ...tally, until };
  const ships = new Map(tally.ships);
  const hoursHeard = new Set(tally.hoursHeard);
  for (const witness of heard) {
    addWitness(ships, witness);
    for (const piece of witness.pieces) hoursHeard.add(Math.floor((piece * PIECE_MS - silentFrom) / HOUR_MS));
  }
  return { until, ships, hoursHeard };
}

/** Returns in how many of a silence's hours others were heard, and how many hours there were outside outages. */
export function hoursOf(
  tally: Tally,
  silentFrom: number,
  to: number,
  outages: readonly Outage[],
): { readonly heard: number; readonly usable: number } {
  let heard = 0;
  let usable = 0;
  for (let hour = 0; silentFrom + hour * HOUR_MS < to; hour++) {
    const from = silentFrom + hour * HOUR_MS;
    const length = Math.min(HOUR_MS, to - from) - overlapMs(outages, from, Math.min(to, from + HOUR_MS));
    if (length * 2 < HOUR_MS) continue;
    usable++;
    if (tally.hoursHeard.has(hour)) heard++;
  }
  return { heard, usable };
}

function addWitness(ships: Map<number, { pieces: number; nearestKm: number }>, witness: Witness): void {
  const known = ships.get(witness.mmsi);
  ships.set(witness.mmsi, {
    pieces: (known?.pieces ?? 0) + witness.pieces.length,
    nearestKm: Math.min(known?.nearestKm ?? Infinity, witness.nearestKm),
  });
}
