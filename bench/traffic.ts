import { closeSync, openSync, writeSync } from 'node:fs';
import { armour, bitText, partsOf, tagBlock } from '../packages/ais/test/build-sentence.ts';

/** What traffic is to be made up: so many ships, all together so many positions, one each ten minutes. */
export type TrafficOptions = { readonly vessels: number; readonly positions: number; readonly seed: number };

/** A made-up ship under way, at anchor or moored. */
type Ship = {
  readonly mmsi: number;
  readonly phaseS: number;
  readonly sogKn: number;
  readonly navStatus: number;
  readonly offFrom: number;
  readonly offTo: number;
  cogDeg: number;
  lon: number;
  lat: number;
};

const START_S = Date.UTC(2024, 4, 1) / 1000;
const STEP_S = 600;
/** Busy waters, [lon, lat, degrees around]: most ships are near some coast. */
const WATERS = [
  [121, 38.5, 2],
  [122.5, 31, 2],
  [119.5, 37.9, 1],
  [129, 34.5, 2],
  [104, 1.2, 2],
  [3.5, 52, 3],
  [-74, 39, 3],
  [30, -20, 60],
  [-150, 10, 80],
] as const;
const SHARE_OFF = 0.02;

/**
 * Writes made-up traffic as NMEA 0183 lines with tag blocks, in event-time order, and returns how many lines. The same
 * options give the same bytes. One ship in fifty says nothing for some eight hours; each sends its static report once.
 */
export function writeTraffic(path: string, options: TrafficOptions): number {
  const random = randomFrom(options.seed);
  const ships = Array.from({ length: options.vessels }, (_, i) => shipOf(i, random));
  ships.sort((a, b) => a.phaseS - b.phaseS);
  const file = openSync(path, 'w');
  let pending: string[] = [];
  let lines = 0;
  let positions = 0;
  const flush = (): void => {
    if (pending.length > 0) writeSync(file, `${pending.join('\n')}\n`, null, 'latin1');
    lines += pending.length;
    pending = [];
  };
  for (let step = 0; positions < options.positions; step++) {
    for (const ship of ships) {
      if (positions === options.positions) break;
      const at = START_S + step * STEP_S + ship.phaseS;
      if (step === 0) pending.push(...staticLines(ship, at));
      move(ship, random);
      if (step >= ship.offFrom && step < ship.offTo) continue;
      pending.push(positionLine(ship, at));
      positions++;
      if (pending.length >= 10_000) flush();
    }
  }
  flush();
  closeSync(file);
  return lines;
}

/** Returns a generator of numbers from 0 to 1 that always gives the same ones for a seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function shipOf(index: number, random: () => number): Ship {
  const [lon, lat, around] = WATERS[Math.floor(random() * WATERS.length)];
  const kind = random();
  const off = random() < SHARE_OFF ? Math.floor(random() * 60) : Infinity;
  return {
    mmsi: 412_000_000 + index * 7,
    phaseS: Math.floor(random() * STEP_S),
    sogKn: kind < 0.3 ? 0 : kind < 0.45 ? 0.3 : 8 + Math.round(random() * 80) / 10,
    navStatus: kind < 0.3 ? 5 : kind < 0.45 ? 1 : 0,
    offFrom: off,
    offTo: off + 48,
    cogDeg: random() * 360,
    lon: lon + (random() - 0.5) * 2 * around,
    lat: lat + (random() - 0.5) * (around > 10 ? around * 0.6 : around * 2),
  };
}

function move(ship: Ship, random: () => number): void {
  const degrees = (ship.sogKn * STEP_S) / 3600 / 60;
  const north = degrees * Math.cos((ship.cogDeg * Math.PI) / 180);
  if (Math.abs(ship.lat + north) > 70) ship.cogDeg = (540 - ship.cogDeg) % 360;
  ship.lat += degrees * Math.cos((ship.cogDeg * Math.PI) / 180);
  const east = (degrees * Math.sin((ship.cogDeg * Math.PI) / 180)) / Math.cos((ship.lat * Math.PI) / 180);
  ship.lon = ((ship.lon + east + 540) % 360) - 180;
  if (random() < 0.02) ship.cogDeg = (ship.cogDeg + random() * 40 + 340) % 360;
}

const bits = new Uint8Array(168);
const SIX_BIT = Array.from({ length: 64 }, (_, value) =>
  String.fromCharCode(value < 40 ? value + 48 : value + 56),
);

function put(at: number, width: number, value: number): void {
  for (
    let i = width - 1, rest = value < 0 ? value + 2 ** width : value;
    i >= 0;
    i--, rest = Math.floor(rest / 2)
  )
    bits[at + i] = rest % 2;
}

/** A class A position report (ITU-R M.1371-5, annex 8, 3.1) in a sentence with the station's time in front. */
function positionLine(ship: Ship, at: number): string {
  bits.fill(0);
  put(0, 6, 1);
  put(8, 30, ship.mmsi);
  put(38, 4, ship.navStatus);
  put(42, 8, -128);
  put(50, 10, Math.round(ship.sogKn * 10));
  put(61, 28, Math.round(ship.lon * 600_000));
  put(89, 27, Math.round(ship.lat * 600_000));
  put(116, 12, Math.floor(ship.cogDeg * 10) % 3600);
  put(128, 9, Math.floor(ship.cogDeg) % 360);
  put(137, 6, at % 60);
  let payload = '';
  for (let i = 0; i < 168; i += 6) {
    let value = 0;
    for (let bit = 0; bit < 6; bit++) value = value * 2 + bits[i + bit];
    payload += SIX_BIT[value];
  }
  return `${tagOf(at)}${checked(`AIVDM,1,1,,A,${payload},0`)}`;
}

function staticLines(ship: Ship, at: number): string[] {
  const imo = imoOf(900_000 + (ship.mmsi % 90_000));
  const fields = [
    [5, 6],
    [0, 2],
    [ship.mmsi, 30],
    [0, 2],
    [imo, 30],
    [`C${ship.mmsi % 100_000}`, 42],
    [`SHIP ${ship.mmsi}`, 120],
    [70, 8],
    [100, 9],
    [80, 9],
    [10, 6],
    [14, 6],
    [1, 4],
    [5, 4],
    [12, 5],
    [8, 5],
    [30, 6],
    [85, 8],
    ['SOMEWHERE', 120],
    [0, 1],
    [0, 1],
  ] as const;
  if (armour(bitText(fields)).payload.length < 70) throw new Error('a static report is 424 bits long');
  return partsOf(fields, 60, ship.mmsi % 10).map((part) => `${tagOf(at)}${part}`);
}

/** Seven digits of which the last is the check digit (IMO Resolution A.1117(30)). */
function imoOf(six: number): number {
  const digits = String(six).split('').map(Number);
  const sum = digits.reduce((total, digit, i) => total + digit * (7 - i), 0);
  return six * 10 + (sum % 10);
}

const tags = new Map<number, string>();

function tagOf(at: number): string {
  let tag = tags.get(at);
  if (tag === undefined) {
    if (tags.size > 2000) tags.clear();
    tags.set(at, (tag = tagBlock(`s:bench,c:${at}`)));
  }
  return tag;
}

function checked(body: string): string {
  let sum = 0;
  for (let i = 0; i < body.length; i++) sum ^= body.charCodeAt(i);
  return `!${body}*${sum.toString(16).toUpperCase().padStart(2, '0')}`;
}
