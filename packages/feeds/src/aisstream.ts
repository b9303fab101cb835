import type { StaticReport } from '@offing/track';
import type { FeedOutput, FeedReaderOptions } from './feed.ts';
import { jsonFeed, type MessageReader } from './json-feed.ts';
import { reportTaker, type JsonReport } from './json-report.ts';
import {
  etaText,
  instantIn,
  isObject,
  numberIn,
  objectIn,
  positiveIn,
  sumIn,
  textIn,
  type JsonObject,
} from './json-value.ts';

/** Message types by the names under which aisstream.io sends them; a position's number is in the message. */
const POSITION_TYPES: Readonly<Record<string, number>> = {
  PositionReport: 1,
  StandardClassBPositionReport: 18,
  ExtendedClassBPositionReport: 19,
  LongRangeAisBroadcastMessage: 27,
};
const STATIC_TYPES: Readonly<Record<string, number>> = { ShipStaticData: 5, StaticDataReport: 24 };

/**
 * Returns a reader of aisstream.io's messages: `{MessageType, MetaData, Message: {<MessageType>: {…}}}`
 * (https://aisstream.io/documentation, "AIS Message Types"). The time is `MetaData.time_utc`, Go's text. A message of a type
 * that is not used is counted by its number; one of which the source says that it is not valid is refused.
 */
export function aisstreamReader(out: FeedOutput, options: FeedReaderOptions): MessageReader {
  const take = reportTaker(out, options);
  return jsonFeed(out, options, (value, line, raw) => {
    const type = isObject(value) ? value['MessageType'] : undefined;
    if (!isObject(value) || typeof type !== 'string' || !isObject(value['MetaData']))
      return out.reject('missing-field', line, raw, 'no MessageType and MetaData');
    const body = objectIn(objectIn(value, 'Message'), type);
    const usedAs = POSITION_TYPES[type] ?? STATIC_TYPES[type];
    if (usedAs === undefined) return out.count(typeName(numberIn(body, 'MessageID')));
    if (body['Valid'] === false)
      return out.reject('malformed', line, raw, 'the source says that the message is not valid');
    take(reportOf(type, usedAs, body, value['MetaData']), line, raw);
  });
}

function typeName(type: number | null): string {
  return type !== null && Number.isInteger(type) && type >= 1 && type <= 27
    ? `type-${type}`
    : 'other-message';
}

function reportOf(type: string, usedAs: number, body: JsonObject, meta: JsonObject): JsonReport {
  const sent = numberIn(body, 'MessageID');
  const messageType = usedAs === 1 && (sent === 2 || sent === 3) ? sent : usedAs;
  const isPosition = POSITION_TYPES[type] !== undefined;
  return {
    mmsi: numberIn(body, 'UserID') ?? numberIn(meta, 'MMSI'),
    at: instantIn(meta, 'time_utc'),
    messageType,
    // The place in the metadata is the last one known, not this message's.
    position: isPosition ? { lon: numberIn(body, 'Longitude'), lat: numberIn(body, 'Latitude') } : null,
    sogKn: longRange(messageType, 'Sog', body, 63),
    cogDeg: longRange(messageType, 'Cog', body, 511),
    headingDeg: numberIn(body, 'TrueHeading'),
    navStatus: numberIn(body, 'NavigationalStatus'),
    utcSecond: numberIn(body, 'Timestamp'),
    statics: staticsOf(type, body),
  };
}

/** Type 27 has a "not available" of its own. */
function longRange(type: number, field: string, body: JsonObject, missing: number): number | null {
  const value = numberIn(body, field);
  return type === 27 && value === missing ? null : value;
}

function staticsOf(type: string, body: JsonObject): StaticReport | null {
  switch (type) {
    case 'ShipStaticData':
      return voyage(body);
    case 'StaticDataReport':
      return partsOf(body);
    case 'ExtendedClassBPositionReport':
      return { shipName: textIn(body, 'Name'), shipType: positiveIn(body, 'Type'), ...dimensions(body) };
    default:
      return null;
  }
}

function voyage(body: JsonObject): StaticReport {
  const eta = objectIn(body, 'Eta');
  const [month, day, hour, minute] = ['Month', 'Day', 'Hour', 'Minute'].map((part) => numberIn(eta, part));
  return {
    imoNumber: positiveIn(body, 'ImoNumber'),
    callSign: textIn(body, 'CallSign'),
    shipName: textIn(body, 'Name'),
    shipType: positiveIn(body, 'Type'),
    ...dimensions(body),
    eta: etaText(month, day, hour, minute),
    draughtM: positiveIn(body, 'MaximumStaticDraught'),
    destination: textIn(body, 'Destination'),
  };
}

/** Type 24 comes in two messages, both in one shape: the part that was not sent is marked as not valid. */
function partsOf(body: JsonObject): StaticReport | null {
  const a = objectIn(body, 'ReportA');
  const b = objectIn(body, 'ReportB');
  if (a['Valid'] === true) return { shipName: textIn(a, 'Name') };
  if (b['Valid'] !== true) return null;
  return { callSign: textIn(b, 'CallSign'), shipType: positiveIn(b, 'ShipType'), ...dimensions(b) };
}

function dimensions(body: JsonObject): StaticReport {
  const size = objectIn(body, 'Dimension');
  return { lengthM: sumIn(size, 'A', 'B'), beamM: sumIn(size, 'C', 'D') };
}
