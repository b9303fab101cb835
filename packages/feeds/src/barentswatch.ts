import { AIS_CLASS, type StaticReport } from '@offing/track';
import type { FeedOutput, FeedReaderOptions } from './feed.ts';
import { jsonFeed, type MessageReader } from './json-feed.ts';
import { reportTaker } from './json-report.ts';
import {
  instantIn,
  isObject,
  numberIn,
  positiveIn,
  sumIn,
  textIn,
  writtenEta,
  type JsonObject,
} from './json-value.ts';

/** Static fields and what they are to us; draught is in 1/10 m. */
const STATIC_NAMES = [
  'name',
  'callSign',
  'imoNumber',
  'shipType',
  'destination',
  'eta',
  'draught',
  'shipLength',
];

/**
 * Returns a reader of BarentsWatch's live AIS (https://live.ais.barentswatch.no): objects of `/v1/combined` and `/v1/ais`,
 * one a line, and the array of `/v1/latest/combined`. A field that the model at hand does not have takes nothing back.
 */
export function barentswatchReader(out: FeedOutput, options: FeedReaderOptions): MessageReader {
  const take = reportTaker(out, options);
  return jsonFeed(out, options, (value, line, raw) => {
    if (!isObject(value)) return out.reject('malformed', line, raw, 'the record is no object');
    if (value['type'] === 'Aton') return out.count('aid-to-navigation');
    if (!('mmsi' in value) || !('msgtime' in value))
      return out.reject('missing-field', line, raw, 'no mmsi and msgtime');
    const position =
      value['type'] === 'Staticdata' || !('latitude' in value)
        ? null
        : { lon: numberIn(value, 'longitude'), lat: numberIn(value, 'latitude') };
    take(
      {
        mmsi: numberIn(value, 'mmsi'),
        at: instantIn(value, 'msgtime'),
        messageType: messageTypeOf(value),
        position,
        sogKn: numberIn(value, 'speedOverGround'),
        cogDeg: numberIn(value, 'courseOverGround'),
        headingDeg: numberIn(value, 'trueHeading'),
        navStatus: numberIn(value, 'navigationalStatus'),
        aisClass: classOf(value['reportClass']),
        statics: staticsOf(value),
      },
      line,
      raw,
    );
  });
}

function messageTypeOf(value: JsonObject): number {
  const type = numberIn(value, 'messageType');
  return type !== null && [1, 2, 3, 5, 18, 19, 24, 27].includes(type) ? type : 0;
}

function classOf(reportClass: unknown): number {
  if (reportClass === 'A') return AIS_CLASS.A;
  return reportClass === 'B' ? AIS_CLASS.B : AIS_CLASS.unknown;
}

function staticsOf(value: JsonObject): StaticReport | null {
  if (!STATIC_NAMES.some((field) => value[field] != null)) return null;
  const draught = positiveIn(value, 'draught');
  const found = {
    imoNumber: positiveIn(value, 'imoNumber'),
    callSign: textIn(value, 'callSign'),
    shipName: textIn(value, 'name'),
    shipType: positiveIn(value, 'shipType'),
    lengthM: positiveIn(value, 'shipLength') ?? sumIn(value, 'dimensionA', 'dimensionB'),
    beamM: positiveIn(value, 'shipWidth') ?? sumIn(value, 'dimensionC', 'dimensionD'),
    draughtM: draught === null ? null : draught / 10,
    destination: textIn(value, 'destination'),
    eta: writtenEta(textIn(value, 'eta')),
  };
  return Object.fromEntries(Object.entries(found).filter(([, part]) => part !== null));
}
