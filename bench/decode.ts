import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { nmeaReader } from '@offing/feeds';
import { makeColumns, makeStaticDictionary } from '@offing/track';
import { printTimes, race } from './measure.ts';
import type { Contender, Rates } from './measure.ts';

/** What the decoding benchmark came to: lines a second, ours and those of other decoders in the same run. */
export type DecodeBench = { readonly rates: Record<string, Rates> };

const RECORDING = new URL('../recordings/nmea/global-tagblock-2022-11-10-part1.nmea.gz', import.meta.url);
const OUR_LINES = 600_000;
const PEER_LINES = 30_000;
const GPSDECODE_LINES = 150_000;
const CHUNK_BYTES = 65_536;
const START_AT = Date.UTC(2022, 10, 10, 2);

/**
 * Returns lines a second for position sentences of types 1, 2, 3 and 18 from a recording, repeated. Ours go from bytes into
 * columns, checksums checked: with their tag blocks, and as the bare sentences that the peers get, without their line
 * breaks where they take text. The peers check no tag blocks and keep no records.
 */
export async function benchDecode(): Promise<DecodeBench> {
  const tagged = positionLines();
  const bare = tagged.map((line) => line.slice(line.indexOf('!')));
  const peers = [ggencoder(bare), aisStreamDecoder(bare), gpsdecode(bare)].filter((peer) => peer !== null);
  const rates = await race('decode', 'lines', [
    ours('offing, with tag blocks', tagged),
    ours('offing', bare),
    ...peers,
  ]);
  for (const peer of peers) printTimes('decode', rates, 'offing', peer.name);
  for (const peer of peers) printTimes('decode', rates, 'offing, with tag blocks', peer.name);
  return { rates };
}

function positionLines(): string[] {
  const text = gunzipSync(readFileSync(RECORDING)).toString('latin1');
  return text.split('\n').filter((line) => /!..VDM,1,1,[^,]*,[^,]*,[123B]/.test(line));
}

function repeated(lines: readonly string[], count: number): string[] {
  return Array.from({ length: count }, (_, index) => lines[index % lines.length]);
}

function ours(name: string, lines: readonly string[]): Contender {
  const bytes = Buffer.from(`${repeated(lines, OUR_LINES).join('\n')}\n`, 'latin1');
  return {
    name,
    count: OUR_LINES,
    run() {
      let found = 0;
      const records = makeColumns(CHUNK_BYTES / 16);
      const out = { records, statics: makeStaticDictionary(), reject: () => {}, count: () => {} };
      const reader = nmeaReader(out, { feed: 0, startAt: START_AT });
      for (let at = 0; at < bytes.length; at += CHUNK_BYTES) {
        reader.push(bytes.subarray(at, at + CHUNK_BYTES));
        found += records.length;
        records.length = 0;
      }
      reader.end();
      check(name, found + records.length, OUR_LINES);
    },
  };
}

type GgDecode = new (sentence: string) => { readonly valid: boolean };

function ggencoder(lines: readonly string[]): Contender | null {
  const module = installed('ggencoder') as { AisDecode: GgDecode } | null;
  if (module === null) return null;
  const input = repeated(lines, PEER_LINES);
  return {
    name: 'ggencoder',
    count: PEER_LINES,
    run() {
      const found = input.reduce((sum, line) => sum + (new module.AisDecode(line).valid ? 1 : 0), 0);
      check('ggencoder', found, PEER_LINES);
    },
  };
}

type AisStream = NodeJS.ReadWriteStream;

function aisStreamDecoder(lines: readonly string[]): Contender | null {
  const module = installed('ais-stream-decoder') as { default: new () => AisStream } | null;
  if (module === null) return null;
  const input = repeated(lines, PEER_LINES);
  return {
    name: 'ais-stream-decoder',
    count: PEER_LINES,
    async run() {
      const decoder = new module.default();
      let found = 0;
      decoder.on('data', () => found++);
      decoder.on('error', () => {});
      const ended = once(decoder, 'end');
      for (const line of input) decoder.write(line);
      decoder.end();
      await ended;
      check('ais-stream-decoder', found, PEER_LINES);
    },
  };
}

/** A program of its own: the time includes its start, reading from a pipe and writing JSON. */
function gpsdecode(lines: readonly string[]): Contender | null {
  if (spawnSync('gpsdecode', ['-V']).error !== undefined) {
    console.warn('decode  gpsdecode is not installed (package gpsd-clients): not measured');
    return null;
  }
  const input = Buffer.from(`${repeated(lines, GPSDECODE_LINES).join('\n')}\n`, 'latin1');
  return {
    name: 'gpsdecode',
    count: GPSDECODE_LINES,
    run() {
      const { stdout } = spawnSync('gpsdecode', ['-j'], { input, maxBuffer: 1 << 30 });
      let found = 0;
      for (let at = stdout.indexOf(10); at >= 0; at = stdout.indexOf(10, at + 1)) found++;
      check('gpsdecode', found, GPSDECODE_LINES);
    },
  };
}

/** Returns an installed package's exports, or null with a word on it. */
function installed(name: string): unknown {
  try {
    return createRequire(import.meta.url)(name);
  } catch {
    console.warn(`decode  ${name} is not installed: not measured`);
    return null;
  }
}

/** A speed means nothing when the decoder refuses the input. */
function check(name: string, messages: number, lines: number): void {
  if (messages < lines * 0.9) throw new Error(`${name} found ${messages} messages in ${lines} lines`);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href)
  console.log(JSON.stringify(await benchDecode()));
