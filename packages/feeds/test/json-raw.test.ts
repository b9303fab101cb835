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
  reader.push(new TextEncoder().encode(document));
  reader.end();
  expect(records.length).toBe(1);
  expect(kept).toEqual([record]);
});
