import type { StaticReport } from '@offing/track';
import type { FeedOutput, FeedReaderOptions } from './feed.ts';
import { jsonFeed, type MessageReader } from './json-feed.ts';
import { reportTaker } from './json-report.ts';
import {
  instantIn,
  isObject,
  numberIn,
  packedEta,
  positiveIn,
  sumIn,
  textIn,
  writtenEta,
  type JsonObject,
} from './json-value.ts';

/** What an answer of AISHub is beside rows: asked too often, or refused with its own words. */
export type AishubAnswer = { readonly kind: 'rows' | 'throttled' | 'refused'; readonly message: string };

/**
 * Returns a reader of AISHub's answers in JSON (https://www.aishub.net/api): `[{header}, [rows]]`. `format=1` has degrees,
 * knots and text times; `format=0` has AIS units (degrees times 600,000, 0.1 kn, 0.1 degrees) and an epoch.
 */
export function aishubReader(out: FeedOutput, options: FeedReaderOptions): MessageReader {
  const take = reportTaker(out, options);
  return jsonFeed(out, options, (value, line, raw) => {
    if (!isObject(value)) return out.reject('malformed', line, raw, 'the row is no object');
    if ('ERROR' in value) {
      if (value['ERROR'] === true)
        out.reject('malformed', line, raw, textIn(value, 'ERROR_MESSAGE') ?? 'an error');
      return;
    }
    if (!('MMSI' in value)) return out.reject('missing-field', line, raw, 'no MMSI');
    // Only the epoch tells the two formats apart row by row: whole degrees look like AIS units.
    const isRaw = /^\d{9,11}$/.test(String(value['TIME']));
    const unit = isRaw ? { degree: 600_000, tenth: 10 } : { degree: 1, tenth: 1 };
    const divided = (field: string, by: number): number | null => {
      const sent = numberIn(value, field);
      return sent === null ? null : sent / by;
    };
    take(
      {
        mmsi: numberIn(value, 'MMSI'),
        at: isRaw ? instantIn({ TIME: Number(value['TIME']) }, 'TIME') : instantIn(value, 'TIME'),
        messageType: 0,
        position: { lon: divided('LONGITUDE', unit.degree), lat: divided('LATITUDE', unit.degree) },
        sogKn: divided('SOG', unit.tenth),
        cogDeg: divided('COG', unit.tenth),
        headingDeg: numberIn(value, 'HEADING'),
        navStatus: numberIn(value, 'NAVSTAT'),
        statics: staticsOf(value, isRaw),
      },
      line,
      raw,
    );
  });
}

/**
 * Returns what an answer is: an empty body, or one that says that requests come too often, is throttling and does not mean
 * that there are no ships.
 */
export function aishubAnswer(body: Uint8Array): AishubAnswer {
  const start = new TextDecoder().decode(body.subarray(0, 2048)).trim();
  if (start === '') return { kind: 'throttled', message: 'an empty body: asked more than once a minute' };
  if (!/"ERROR"\s*:\s*true/.test(start)) return { kind: 'rows', message: '' };
  const message = /"ERROR_MESSAGE"\s*:\s*"([^"]{0,200})"/.exec(start)?.[1] ?? 'an error without words';
  return { kind: /frequent/i.test(message) ? 'throttled' : 'refused', message };
}

function staticsOf(row: JsonObject, isRaw: boolean): StaticReport | null {
  const draught = positiveIn(row, 'DRAUGHT');
  const found = {
    imoNumber: positiveIn(row, 'IMO'),
    callSign: textIn(row, 'CALLSIGN'),
    shipName: textIn(row, 'NAME'),
    shipType: positiveIn(row, 'TYPE'),
    lengthM: sumIn(row, 'A', 'B'),
    beamM: sumIn(row, 'C', 'D'),
    draughtM: draught !== null && isRaw ? draught / 10 : draught,
    destination: textIn(row, 'DEST'),
    eta: isRaw ? packedEta(numberIn(row, 'ETA')) : writtenEta(textIn(row, 'ETA')),
  };
  const said = Object.entries(found).filter(([, part]) => part !== null);
  return said.length === 0 ? null : Object.fromEntries(said);
}
