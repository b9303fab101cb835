import type { StaticReport } from '@offing/track';
import type { FeedOutput, FeedReaderOptions } from './feed.ts';
import { jsonFeed, type MessageReader } from './json-feed.ts';
import { reportTaker, type JsonReport } from './json-report.ts';
import { elementSlicesAt } from './json-slices.ts';
import {
  instantIn,
  isObject,
  numberIn,
  objectIn,
  packedEta,
  positiveIn,
  sumIn,
  textIn,
  type JsonObject,
} from './json-value.ts';

/** Topics of messages about a ship; the MMSI stands nowhere else. */
const SHIP_TOPIC = /^vessels(?:-v\d)?\/(\d{1,10})\/(locations?|metadata)$/;

/**
 * Returns a reader of Fintraffic's Digitraffic (https://www.digitraffic.fi/en/marine-traffic/): MQTT messages with their
 * topic, the bodies of `/api/ais/v1/locations` (GeoJSON) and `/api/ais/v1/vessels`, and recordings with a line
 * `{"topic": …, "payload": …}` for each message. Times are those of the source: its "latest" positions may be years old.
 */
export function digitrafficReader(out: FeedOutput, options: FeedReaderOptions): MessageReader {
  const take = reportTaker(out, options);

  function takeMessage(body: JsonObject, topic: string, line: number, raw: Uint8Array): void {
    const match = SHIP_TOPIC.exec(topic);
    if (match === null) return out.count(topic.endsWith('/status') ? 'status' : 'other-topic');
    const mmsi = Number(match[1]);
    if (match[2] !== 'metadata') return take(locationOf(mmsi, body, 'time'), line, raw);
    take(
      { mmsi, at: instantIn(body, 'timestamp'), messageType: 5, position: null, statics: voyage(body) },
      line,
      raw,
    );
  }

  function takeObject(value: JsonObject, line: number, raw: Uint8Array): void {
    const { features, payload, topic } = value;
    if (Array.isArray(features)) {
      const slices = elementSlicesAt(raw, 'features');
      for (const [place, feature] of (features as readonly unknown[]).entries()) {
        if (isObject(feature)) takeObject(feature, line, slices[place]);
        else out.reject('malformed', line, slices[place], 'a feature is no object');
      }
    } else if (typeof topic === 'string' && isObject(payload)) takeMessage(payload, topic, line, raw);
    else if (isObject(value['properties'])) takeFeature(value, value['properties'], line, raw);
    else if ('callSign' in value || 'referencePointA' in value) takeVessel(value, line, raw);
    else out.reject('missing-field', line, raw, 'neither features, a topic with its payload, nor a ship');
  }

  function takeFeature(value: JsonObject, properties: JsonObject, line: number, raw: Uint8Array): void {
    const { coordinates } = objectIn(value, 'geometry');
    const [lon, lat] = Array.isArray(coordinates) ? (coordinates as readonly unknown[]) : [];
    const mmsi = numberIn(value, 'mmsi') ?? numberIn(properties, 'mmsi');
    const report = locationOf(mmsi, { ...properties, lon, lat }, 'timestampExternal');
    take({ ...report, utcSecond: numberIn(properties, 'timestamp') }, line, raw);
  }

  function takeVessel(value: JsonObject, line: number, raw: Uint8Array): void {
    const mmsi = numberIn(value, 'mmsi');
    const at = instantIn(value, 'timestamp');
    take({ mmsi, at, messageType: 5, position: null, statics: voyage(value) }, line, raw);
  }

  return jsonFeed(out, options, (value, line, raw, topic) => {
    if (!isObject(value)) out.reject('malformed', line, raw, 'the message is no object');
    else if (topic !== undefined) takeMessage(value, topic, line, raw);
    else takeObject(value, line, raw);
  });
}

function locationOf(mmsi: number | null, body: JsonObject, timeField: string): JsonReport {
  return {
    mmsi,
    at: instantIn(body, timeField),
    // 0: the source hands on positions of several types without saying which.
    messageType: 0,
    position: { lon: numberIn(body, 'lon'), lat: numberIn(body, 'lat') },
    sogKn: numberIn(body, 'sog'),
    cogDeg: numberIn(body, 'cog'),
    headingDeg: numberIn(body, 'heading'),
    navStatus: numberIn(body, 'navStat'),
  };
}

/** MQTT and REST name some fields differently. Draught is in 1/10 m, the ETA packed as in the message. */
function voyage(body: JsonObject): StaticReport {
  const draught = positiveIn(body, 'draught');
  return {
    imoNumber: positiveIn(body, 'imo'),
    callSign: textIn(body, 'callSign'),
    shipName: textIn(body, 'name'),
    shipType: positiveIn(body, 'type') ?? positiveIn(body, 'shipType'),
    lengthM: sumIn(body, 'refA', 'refB') ?? sumIn(body, 'referencePointA', 'referencePointB'),
    beamM: sumIn(body, 'refC', 'refD') ?? sumIn(body, 'referencePointC', 'referencePointD'),
    eta: packedEta(numberIn(body, 'eta')),
    draughtM: draught === null ? null : draught / 10,
    destination: textIn(body, 'destination'),
  };
}
