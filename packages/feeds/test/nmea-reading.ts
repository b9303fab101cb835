import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { makeColumns, makeStaticDictionary } from '@offing/track';
import type { RecordColumns, StaticDictionary } from '@offing/track';
import { nmeaReader } from '../src/nmea.ts';
import { nmeaDecoder } from '../src/nmea-decode.ts';
import type { DecodedMessage } from '../src/nmea-decode.ts';

/** A refused line as the tests look at it. */
export type Refused = {
  readonly code: string;
  readonly line: number;
  readonly raw: string;
  readonly why: string;
};

/** All that a reader made of some bytes. */
export type Reading = {
  readonly records: RecordColumns;
  readonly statics: StaticDictionary;
  readonly refused: Refused[];
  readonly counted: Record<string, number>;
  readonly lines: number;
};

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');

/** Returns the bytes of a text, one a character. */
export function bytesOf(content: string): Uint8Array {
  return Buffer.from(content, 'latin1');
}

/** Reads content with nmeaReader, in chunks of the given sizes, over and over, or all at once. */
export function read(
  content: string | Uint8Array,
  startAt: number | null = null,
  chunks: readonly number[] = [],
): Reading {
  const refused: Refused[] = [];
  const counted: Record<string, number> = {};
  const records = makeColumns(1);
  const statics = makeStaticDictionary();
  const reader = nmeaReader(
    {
      records,
      statics,
      reject: (code, line, raw, why) => refused.push({ code, line, raw: text(raw), why }),
      count: (what) => {
        counted[what] = (counted[what] ?? 0) + 1;
      },
    },
    { feed: 7, startAt },
  );
  pushAll(reader, content, chunks);
  return { records, statics, refused, counted, lines: reader.lines };
}

/** Reads content with nmeaDecoder. */
export function decode(content: string | Uint8Array): { messages: DecodedMessage[]; refused: Refused[] } {
  const messages: DecodedMessage[] = [];
  const refused: Refused[] = [];
  const reader = nmeaDecoder(
    (message) => messages.push(message),
    (code, line, raw, why) => refused.push({ code, line, raw: text(raw), why }),
  );
  pushAll(reader, content, []);
  return { messages, refused };
}

function pushAll(
  reader: { push(chunk: Uint8Array): void; end(): void },
  content: string | Uint8Array,
  chunks: readonly number[],
): void {
  const bytes = typeof content === 'string' ? bytesOf(content) : content;
  let at = 0;
  for (let turn = 0; at < bytes.length; turn++) {
    const size = chunks.length === 0 ? bytes.length : Math.max(1, chunks[turn % chunks.length]);
    // A copy that is wiped after the call: readers must not hold on to a chunk. A Buffer, as files and sockets give.
    const chunk = Buffer.from(bytes.subarray(at, at + size));
    reader.push(chunk);
    chunk.fill(0);
    at += size;
  }
  reader.end();
}

/** Row `row` of the records by name, statics looked up. */
export function row(reading: Reading, index = 0): Record<string, unknown> {
  const { records, statics } = reading;
  if (index >= records.length) throw new Error(`row ${index} of ${records.length}`);
  return {
    at: records.at[index],
    receivedAt: records.receivedAt[index],
    mmsi: records.mmsi[index],
    lonE7: records.lonE7[index],
    latE7: records.latE7[index],
    sogDkn: records.sogDkn[index],
    cogDdeg: records.cogDdeg[index],
    headingDeg: records.headingDeg[index],
    navStatus: records.navStatus[index],
    utcSecond: records.utcSecond[index],
    messageType: records.messageType[index],
    aisClass: records.aisClass[index],
    receiverKind: records.receiverKind[index],
    feed: records.feed[index],
    statics: records.staticId[index] < 0 ? null : statics.get(records.staticId[index]),
  };
}

/** All rows. */
export function rows(reading: Reading): Record<string, unknown>[] {
  return Array.from({ length: reading.records.length }, (_, index) => row(reading, index));
}

/** The bundled recordings. */
export const SAMPLES = [
  'ais-tools-mixed_types.nmea',
  'ais-tools-multi-part.nmea',
  'aishub-2019-02-16-epoch-ns-prefix.nmea',
  'comment-blocks-mixed.txt',
  'gatehouse-pghp-2010-06-11.txt.gz',
  'gdansk-bay-duplicates.nmea.gz',
  'global-tagblock-2022-11-10-part1.nmea.gz',
  'greece-plain.nmea',
  'kystverket-2019-08-07.nm4',
  'marinetraffic-udp-tagblocks.nmea',
  'wadden-sea-nais400.nmea',
] as const;

/** Returns the content of a bundled recording, unpacked. */
export function sample(name: string): Uint8Array {
  const bytes = readFileSync(new URL(`../../../recordings/nmea/${name}`, import.meta.url));
  return name.endsWith('.gz') ? gunzipSync(bytes) : bytes;
}
