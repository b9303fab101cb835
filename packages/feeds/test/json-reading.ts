import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import {
  AIS_CLASS,
  makeColumns,
  makeStaticDictionary,
  MISSING_16,
  MISSING_8,
  NO_COORDINATE,
  NO_STATIC,
  type StaticReport,
} from '@offing/track';
import { makeMessageReader } from '../src/make-reader.ts';
import type { FormatId, LiveMoment } from '../src/feed.ts';
import type { Refused } from './nmea-reading.ts';

/** A record as tests of JSON look at it: what is not available is left out. */
export type JsonRow = {
  mmsi: number;
  at: string;
  lon?: number;
  lat?: number;
  sogKn?: number;
  cogDeg?: number;
  headingDeg?: number;
  navStatus?: number;
  utcSecond?: number;
  receivedAt?: string;
  type?: number;
  class?: 'A' | 'B';
  statics?: StaticReport;
};

/** All that a reader made of some JSON. */
export type JsonReading = {
  readonly rows: readonly JsonRow[];
  readonly refused: readonly Refused[];
  readonly counted: Readonly<Record<string, number>>;
  readonly lines: number;
};

/** How JSON is brought to a reader. */
export type JsonTrial = {
  readonly live?: LiveMoment;
  readonly startAt?: number;
  readonly columns?: Readonly<Record<string, string>>;
  /** Whole messages with their topics, instead of a stream. */
  readonly messages?: readonly (readonly [content: string, topic?: string])[];
  /** Sizes of chunks, over and over. */
  readonly chunks?: readonly number[];
};

/** Reads a stream, or messages, with the reader of a format. */
export function readJson(format: FormatId, content: string | Uint8Array, trial: JsonTrial = {}): JsonReading {
  const refused: Refused[] = [];
  const counted: Record<string, number> = {};
  const records = makeColumns(1);
  const statics = makeStaticDictionary();
  const out = {
    records,
    statics,
    reject: (code: string, line: number, raw: Uint8Array, why: string) =>
      void refused.push({ code, line, raw: Buffer.from(raw).toString('utf8'), why }),
    count: (what: string) => {
      counted[what] = (counted[what] ?? 0) + 1;
    },
  };
  const { live, columns, startAt = null } = trial;
  const reader = makeMessageReader(format, out, {
    feed: 7,
    startAt,
    ...(live && { live }),
    ...(columns && { columns }),
  });
  for (const [message, topic] of trial.messages ?? []) reader.message(Buffer.from(message), topic);
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const size = trial.chunks === undefined ? bytes.length : trial.chunks[turn % trial.chunks.length];
    const chunk = Buffer.from(bytes.subarray(at, at + size));
    reader.push(chunk);
    // Readers must not hold on to a chunk.
    chunk.fill(0);
    at += size;
  }
  reader.end();
  const rows = Array.from({ length: records.length }, (_, row) => rowOf(records, row, statics));
  return { rows, refused, counted, lines: reader.lines };
}

function rowOf(
  records: ReturnType<typeof makeColumns>,
  row: number,
  statics: ReturnType<typeof makeStaticDictionary>,
): JsonRow {
  const found: JsonRow = { mmsi: records.mmsi[row], at: new Date(records.at[row]).toISOString() };
  const receivedAt = records.receivedAt[row];
  if (!Number.isNaN(receivedAt)) found.receivedAt = new Date(receivedAt).toISOString();
  if (records.lonE7[row] !== NO_COORDINATE) {
    found.lon = records.lonE7[row] / 1e7;
    found.lat = records.latE7[row] / 1e7;
  }
  if (records.sogDkn[row] !== MISSING_16) found.sogKn = records.sogDkn[row] / 10;
  if (records.cogDdeg[row] !== MISSING_16) found.cogDeg = records.cogDdeg[row] / 10;
  if (records.headingDeg[row] !== MISSING_16) found.headingDeg = records.headingDeg[row];
  if (records.navStatus[row] !== MISSING_8) found.navStatus = records.navStatus[row];
  if (records.utcSecond[row] !== MISSING_8) found.utcSecond = records.utcSecond[row];
  if (records.messageType[row] !== 0) found.type = records.messageType[row];
  if (records.aisClass[row] === AIS_CLASS.A) found.class = 'A';
  if (records.aisClass[row] === AIS_CLASS.B) found.class = 'B';
  if (records.staticId[row] !== NO_STATIC) found.statics = statics.get(records.staticId[row]);
  return found;
}

/** A moment of a live feed: received then, positions of 30 days before and an hour after are taken. */
export function momentAt(iso: string): LiveMoment {
  const receivedAt = Date.parse(iso);
  return { receivedAt, earliestAt: receivedAt - 30 * 86_400_000, latestAt: receivedAt + 3_600_000 };
}

/** Returns a bundled recording in JSON, unpacked. */
export function jsonSample(name: string): Buffer {
  const bytes = readFileSync(new URL(`../../../recordings/json/${name}`, import.meta.url));
  return name.endsWith('.gz') ? gunzipSync(bytes) : bytes;
}
