import { makeColumns, makeStaticDictionary } from '@offing/track';
import { expect, it } from 'vitest';
import { makeReader, type FormatId } from '../src/index.ts';

const FEATURE = `{ "type":"Feature","mmsi":230000001, "geometry":{"type":"Point","coordinates":[ 24.10, 60.20]},
   "properties":{"mmsi":230000001,"sog":1.0e1,"cog":90.00,"timestamp":5,"timestampExternal":1700000000000} }`;
const ROW = `{"MMSI":230000001, "TIME":"2023-11-14 22:13:20 GMT","LONGITUDE":24.10,"LATITUDE":60.20,"SOG":1.0e1 }`;
const MESSAGE = `{"class":"AIS", "type":1,"mmsi":230000001,"lon":24.10, "lat":60.20,"speed":1.0e1,"rxuxtime":1700000000}`;

it.each<[FormatId, string, string]>([
  ['digitraffic', FEATURE, `{"type":"FeatureCollection", "features" : [ ${FEATURE} ,\n{"type":"Feature"}]}`],
  ['aishub', ROW, `[{"ERROR":false,"USERNAME":"x"},\n[ ${ROW} ]]`],
  ['ais-catcher', MESSAGE, `{"protocol":"jsonaiscatcher",  "msgs":[\n${MESSAGE} ]}`],
])('%s: keeps the record of each position as it stands in its document', (format, record, document) => {
  expect(keptOf(format, document)).toEqual([record]);
});

it.each([1, 5, 64, 4096])('keeps blank lines and CRLF within a record, cut every %i bytes', (size) => {
  const odd = MESSAGE.replaceAll(',', ',\r\n\r\n\n ');
  expect(keptOf('ais-catcher', `[\r\n ${odd},\r\n[ ${MESSAGE} ]\n]\r\n`, size)).toEqual([odd, MESSAGE]);
  expect(keptOf('ais-catcher', `${odd}\r\n`, size)).toEqual([odd]);
  expect(keptOf('ais-catcher', odd, size)).toEqual([odd]);
});

/** The records that the positions of a document came in, brought in chunks. */
function keptOf(format: FormatId, document: string, size = document.length): readonly string[] {
  const records = makeColumns(16);
  const kept: string[] = [];
  const reader = makeReader(
    format,
    {
      records,
      statics: makeStaticDictionary(),
      reject: () => undefined,
      count: () => undefined,
      took: (_row, raw) => kept.push(new TextDecoder().decode(raw)),
    },
    { feed: 0, startAt: null },
  );
  const bytes = new TextEncoder().encode(document);
  for (let at = 0; at < bytes.length; at += size) reader.push(Buffer.from(bytes.subarray(at, at + size)));
  reader.end();
  expect(records.length).toBe(kept.length);
  return kept;
}
