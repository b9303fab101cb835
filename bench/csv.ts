import { pathToFileURL } from 'node:url';
import { parse } from 'csv-parse/sync';
import Papa from 'papaparse';
import { csvReader } from '@offing/feeds';
import { makeColumns, makeStaticDictionary } from '@offing/track';
import { printTimes, race } from './measure.ts';
import type { Contender, Rates } from './measure.ts';

/** What the CSV benchmark came to: rows a second, ours and those of other parsers in the same run. */
export type CsvBench = { readonly rates: Record<string, Rates> };

/** What a contender makes of all rows; equal for all, or the benchmark throws. */
type Sums = { readonly rows: number; readonly at: number; readonly lonE7: number; readonly sogDkn: number };

const OUR_ROWS = 600_000;
const PEER_ROWS = 60_000;
/** 300 rows a vessel: about as many as in a day of 7 to 8 million rows; the number of vessels in a day is our estimate. */
const VESSELS = 2000;
/** Taken off each time before they are added up, so that sums are exact. */
const DAY = Date.UTC(2023, 0, 11);
const CHUNK_BYTES = 65_536;
const HEADER =
  'MMSI,BaseDateTime,LAT,LON,SOG,COG,Heading,VesselName,IMO,CallSign,VesselType,Status,Length,Width,Draft,Cargo,TransceiverClass';

/**
 * Returns rows a second for generated MarineCadastre rows, 300 a vessel, held in memory. Ours become records: numbers and
 * times read, positions checked, static data interned. The peers only cut rows into cells and have time, longitude and
 * speed converted, which is less work.
 */
export async function benchCsv(): Promise<CsvBench> {
  const rows = generated(OUR_ROWS);
  const few = rows.slice(0, PEER_ROWS);
  const rates = await race('csv', 'rows', [ours(rows), papaparse(few), csvParse(few)]);
  for (const peer of ['papaparse', 'csv-parse']) printTimes('csv', rates, 'offing', peer);
  return { rates };
}

type Row = { readonly text: string; readonly at: number; readonly lonE7: number; readonly sogDkn: number };

/** Returns rows in the order of a day's file: time first, vessels mixed; the same for every run. */
function generated(count: number): Row[] {
  let seed = 1;
  const random = (below: number): number => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
  return Array.from({ length: count }, (_, index) => {
    const vessel = random(VESSELS);
    const at = DAY + Math.floor((index * 86_400) / count) * 1000;
    const lonE7 = -700_000_000 - random(55_000_000) * 10;
    const lat = (20 + random(2_900_000) / 100_000).toFixed(5);
    const sogDkn = random(220);
    const cells = [
      ...[367_000_000 + vessel, new Date(at).toISOString().slice(0, 19), lat, (lonE7 / 1e7).toFixed(6)],
      ...[(sogDkn / 10).toFixed(1), (random(3600) / 10).toFixed(1), `${random(360)}.0`, `VESSEL ${vessel}`],
      ...[`IMO${9_000_000 + vessel}`, `WD${vessel}`, 30 + (vessel % 60), `${random(9)}.0`],
      ...[`${20 + (vessel % 300)}.0`, `${5 + (vessel % 40)}.0`, `${3 + (vessel % 12)}.5`, '70.0', 'A'],
    ];
    return { text: cells.join(','), at, lonE7, sogDkn };
  });
}

function sumsOf(rows: readonly Row[]): Sums {
  const total = (of: (row: Row) => number) => rows.reduce((sum, row) => sum + of(row), 0);
  return {
    rows: rows.length,
    at: total((row) => row.at - DAY),
    lonE7: total((row) => row.lonE7),
    sogDkn: total((row) => row.sogDkn),
  };
}

function textOf(rows: readonly Row[]): string {
  return `${[HEADER, ...rows.map((row) => row.text)].join('\r\n')}\r\n`;
}

function ours(rows: readonly Row[]): Contender {
  const bytes = Buffer.from(textOf(rows), 'latin1');
  const expected = sumsOf(rows);
  return {
    name: 'offing',
    count: rows.length,
    run() {
      const sums = { rows: 0, at: 0, lonE7: 0, sogDkn: 0 };
      const records = makeColumns(CHUNK_BYTES / 16);
      const out = { records, statics: makeStaticDictionary(), reject: () => {}, count: () => {} };
      const reader = csvReader('marinecadastre', out, { feed: 0, startAt: null });
      const drain = () => {
        const { at, lonE7, sogDkn, length } = records;
        let [ats, lons, sogs] = [0, 0, 0];
        for (let row = 0; row < length; row++) {
          ats += at[row] - DAY;
          lons += lonE7[row];
          sogs += sogDkn[row];
        }
        sums.rows += length;
        sums.at += ats;
        sums.lonE7 += lons;
        sums.sogDkn += sogs;
        records.length = 0;
      };
      for (let at = 0; at < bytes.length; at += CHUNK_BYTES) {
        reader.push(bytes.subarray(at, at + CHUNK_BYTES));
        drain();
      }
      reader.end();
      drain();
      check('offing', sums, expected);
    },
  };
}

/** Adds up the columns that are compared of rows cut into cells, the header first. */
function summed(rows: readonly (readonly string[])[]): Sums {
  const sums = { rows: 0, at: 0, lonE7: 0, sogDkn: 0 };
  for (const cells of rows.slice(1)) {
    sums.rows++;
    sums.at += Date.parse(`${cells[1]}Z`) - DAY;
    sums.lonE7 += Math.round(Number(cells[3]) * 1e7);
    sums.sogDkn += Math.round(Number(cells[4]) * 10);
  }
  return sums;
}

function papaparse(rows: readonly Row[]): Contender {
  const text = textOf(rows);
  const expected = sumsOf(rows);
  return {
    name: 'papaparse',
    count: rows.length,
    run() {
      check('papaparse', summed(Papa.parse<string[]>(text, { skipEmptyLines: true }).data), expected);
    },
  };
}

function csvParse(rows: readonly Row[]): Contender {
  const bytes = Buffer.from(textOf(rows), 'latin1');
  const expected = sumsOf(rows);
  return {
    name: 'csv-parse',
    count: rows.length,
    run() {
      check('csv-parse', summed(parse(bytes)), expected);
    },
  };
}

/** A speed means nothing when the values are wrong. */
function check(name: string, sums: Sums, expected: Sums): void {
  for (const key of ['rows', 'at', 'lonE7', 'sogDkn'] as const)
    if (sums[key] !== expected[key])
      throw new Error(`${name} made ${key} ${sums[key]}, expected ${expected[key]}`);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href)
  console.log(JSON.stringify(await benchCsv()));
