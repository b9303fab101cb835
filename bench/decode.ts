import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { nmeaReader } from '@offing/feeds';
import { makeColumns, makeStaticDictionary } from '@offing/track';

/** What the decoding benchmark came to: lines a second on one core, ours and those of other decoders in the same run. */
export type DecodeBench = { linesPerSecond: number; peers: Record<string, number> };

/** One decoder under test: `run` decodes everything once and returns how many messages it found. */
type Contender = { readonly name: string; readonly lines: number; run(): Promise<number> | number };

const RECORDING = new URL('../recordings/nmea/global-tagblock-2022-11-10-part1.nmea.gz', import.meta.url);
const OUR_LINES = 600_000;
const PEER_LINES = 30_000;
const GPSDECODE_LINES = 150_000;
const RUNS = 7;
const WARM_UPS = 3;
const CHUNK_BYTES = 65_536;

/**
 * Returns lines a second for position sentences of types 1, 2, 3 and 18 from a recording, repeated. Ours come with their tag
 * blocks and go into columns, checksums checked; the peers get bare sentences, which is less work. Prints median and spread.
 */
export async function benchDecode(): Promise<DecodeBench> {
  const tagged = positionLines();
  const bare = tagged.map((line) => line.slice(line.indexOf('!')));
  const peers: Record<string, number> = {};
  const linesPerSecond = await measure(ours(tagged));
  for (const peer of [ggencoder(bare), aisStreamDecoder(bare), gpsdecode(bare)]) {
    if (peer !== null) peers[peer.name] = await measure(peer);
  }
  for (const [name, speed] of Object.entries(peers))
    console.log(`decode  ${(linesPerSecond / speed).toFixed(1)} times ${name}`);
  return { linesPerSecond, peers };
}

function positionLines(): string[] {
  const text = gunzipSync(readFileSync(RECORDING)).toString('latin1');
  return text.split('\n').filter((line) => /!..VDM,1,1,[^,]*,[^,]*,[123B]/.test(line));
}

function repeated(lines: readonly string[], count: number): string[] {
  return Array.from({ length: count }, (_, index) => lines[index % lines.length]);
}

function ours(lines: readonly string[]): Contender {
  const bytes = Buffer.from(`${repeated(lines, OUR_LINES).join('\n')}\n`, 'latin1');
  return {
    name: 'offing',
    lines: OUR_LINES,
    run() {
      let found = 0;
      const records = makeColumns(CHUNK_BYTES / 16);
      const out = { records, statics: makeStaticDictionary(), reject: () => {}, count: () => {} };
      const reader = nmeaReader(out, { feed: 0, startAt: null });
      for (let at = 0; at < bytes.length; at += CHUNK_BYTES) {
        reader.push(bytes.subarray(at, at + CHUNK_BYTES));
        found += records.length;
        records.length = 0;
      }
      reader.end();
      return found + records.length;
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
    lines: PEER_LINES,
    run: () => input.reduce((found, line) => found + (new module.AisDecode(line).valid ? 1 : 0), 0),
  };
}

type AisStream = NodeJS.ReadWriteStream;

function aisStreamDecoder(lines: readonly string[]): Contender | null {
  const module = installed('ais-stream-decoder') as { default: new () => AisStream } | null;
  if (module === null) return null;
  const input = repeated(lines, PEER_LINES);
  return {
    name: 'ais-stream-decoder',
    lines: PEER_LINES,
    run: () =>
      new Promise((resolve) => {
        const decoder = new module.default();
        let found = 0;
        decoder.on('data', () => found++);
        decoder.on('error', () => {});
        decoder.on('end', () => {
          resolve(found);
        });
        for (const line of input) decoder.write(line);
        decoder.end();
      }),
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
    lines: GPSDECODE_LINES,
    run() {
      const { stdout } = spawnSync('gpsdecode', ['-j'], { input, maxBuffer: 1 << 30 });
      let found = 0;
      for (let at = stdout.indexOf(10); at >= 0; at = stdout.indexOf(10, at + 1)) found++;
      return found;
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

async function measure(contender: Contender): Promise<number> {
  for (let run = 0; run < WARM_UPS; run++) await found(contender);
  const speeds: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const started = performance.now();
    await found(contender);
    speeds.push((contender.lines / (performance.now() - started)) * 1000);
  }
  speeds.sort((one, two) => one - two);
  const median = Math.round(speeds[RUNS >> 1]);
  const range = `${Math.round(speeds[0])} to ${Math.round(speeds[RUNS - 1])}`;
  console.log(
    `decode  ${contender.name}: ${median} lines/s (${range}, ${RUNS} runs of ${contender.lines} lines)`,
  );
  return median;
}

/** A speed means nothing when the decoder refuses the input. */
async function found(contender: Contender): Promise<void> {
  const messages = await contender.run();
  if (messages < contender.lines * 0.9)
    throw new Error(`${contender.name} found ${messages} messages in ${contender.lines} lines`);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href)
  console.log(JSON.stringify(await benchDecode()));
