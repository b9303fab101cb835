import { spawnSync } from 'node:child_process';
import { decodePayload, isDecodeFault } from '@offing/ais';
import type { AisMessage } from '@offing/ais';
import { describe, expect, it } from 'vitest';
import { rawOf } from '../src/nmea-frame.ts';
import { nmeaFrames } from '../src/nmea-frames.ts';
import { SAMPLES, sample } from './nmea-reading.ts';

type Fields = Record<string, unknown>;

const installed = spawnSync('gpsdecode', ['-V']).error === undefined;
if (!installed)
  console.warn('SKIPPED: gpsdecode (package gpsd-clients) is not installed; nothing compared with gpsd');

/** Returns the messages of a recording beside the bare sentences that carry each. */
function messagesOf(name: string): { message: AisMessage; sentences: string[] }[] {
  const found: { message: AisMessage; sentences: string[] }[] = [];
  const reader = nmeaFrames({
    frame(frame) {
      const message = decodePayload(frame.bits);
      if (isDecodeFault(message)) return;
      const raw = Buffer.from(rawOf(frame)).toString('latin1');
      found.push({ message, sentences: raw.match(/!..VD[MO],[^*]*\*[0-9A-Fa-f]{2}/g) ?? [] });
    },
    reject: () => {},
    count: () => {},
  });
  reader.push(sample(name));
  reader.end();
  return found;
}

/** Returns what gpsdecode makes of sentences, unscaled, one object a message. */
function gpsdecode(sentences: readonly string[]): Fields[] {
  const run = spawnSync('gpsdecode', ['-j', '-u'], {
    input: `${sentences.join('\n')}\n`,
    encoding: 'latin1',
    maxBuffer: 1 << 28,
  });
  return run.stdout
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Fields);
}

const minutes = (value: unknown, factor: number, missing: number) =>
  value === null ? missing * factor : Math.round((value as number) * factor);
const orCode = (value: unknown, code: number, factor = 1) =>
  value === null ? code : Math.round((value as number) * factor);
const coarse = [17, 27];

/** gpsd's field from ours, with its "not available" code put back; undefined where we keep less than gpsd. */
const READINGS: Record<string, (ours: Fields) => unknown> = {
  type: (ours) => ours.type,
  repeat: (ours) => ours.repeat,
  mmsi: (ours) => ours.mmsi,
  status: (ours) => ours.navStatus,
  lon: (ours) => minutes(ours.lon, coarse.includes(ours.type as number) ? 600 : 600_000, 181),
  lat: (ours) => minutes(ours.lat, coarse.includes(ours.type as number) ? 600 : 600_000, 91),
  accuracy: (ours) => ours.accurate,
  raim: (ours) => ours.raim,
  imo: (ours) => ours.imoNumber ?? 0,
  ais_version: (ours) => ours.aisVersion,
  callsign: (ours) => ours.callSign ?? '',
  shipname: (ours) => ours.shipName ?? '',
  shiptype: (ours) => ours.shipType ?? 0,
  to_bow: (ours) => ours.toBowM ?? 0,
  to_stern: (ours) => ours.toSternM ?? 0,
  to_port: (ours) => ours.toPortM ?? 0,
  to_starboard: (ours) => ours.toStarboardM ?? 0,
  epfd: (ours) => ours.epfd ?? 0,
  draught: (ours) => orCode(ours.draughtM, 0, 10),
  destination: (ours) => ours.destination ?? '',
  cs: (ours) => ours.carrierSense,
  display: (ours) => ours.hasDisplay,
  dsc: (ours) => ours.hasDsc,
  band: (ours) => ours.wholeBand,
  msg22: (ours) => ours.acceptsChannelManagement,
  assigned: (ours) => ours.assigned,
  dac: (ours) => ours.dac,
  fid: (ours) => ours.functionId,
  seqno: (ours) => ours.sequence,
  retransmit: (ours) => ours.retransmit,
  dest_mmsi: (ours) => ours.destinationMmsi ?? 0,
  channel_a: (ours) => ours.channelA,
  channel_b: (ours) => ours.channelB,
  timestamp: (ours) => ours.utcTime ?? undefined,
  text: (ours) => ours.text ?? '',
  aid_type: (ours) => ours.aidType ?? 0,
  virtual_aid: (ours) => ours.virtual,
  alt: (ours) => ours.altitudeM ?? 4095,
  gnss: (ours) => !(ours.presentPosition as boolean),
  stationtype: (ours) => ours.stationType,
  interval: (ours) => ours.reportInterval,
  quiet: (ours) => ours.quietMin ?? 0,
};

/** gpsd takes the applications in binary messages apart, under the names of other messages' fields; we do not. */
const APPLICATION = /^(?!(type|repeat|mmsi|dac|fid|seqno|dest_mmsi|retransmit)$)/;

/** Talkers and a channel at which gpsd 3.22 passes over the whole sentence. */
const UNKNOWN_TO_GPSD = /^!(BY|SS|--)VD|^!AIVDM,1,1,,C,/;

/** Fields whose codes depend on the type, compared where the type has them in this unit. */
function motionOf(ours: Fields): Fields {
  const long = ours.type === 27;
  const wholeKnots = long || ours.type === 9;
  return {
    ...('sogKn' in ours && { speed: orCode(ours.sogKn, long ? 63 : 1023, wholeKnots ? 1 : 10) }),
    ...('cogDeg' in ours && { course: orCode(ours.cogDeg, long ? 511 : 3600, long ? 1 : 10) }),
    ...('headingDeg' in ours && { heading: orCode(ours.headingDeg, 511) }),
  };
}

/** Our reading of gpsd's time of arrival, whose parts are their codes when not available. */
function etaOf(ours: Fields): string {
  const two = (value: unknown, code: number) => String(value ?? code).padStart(2, '0');
  return `${two(ours.etaMonth, 0)}-${two(ours.etaDay, 0)}T${two(ours.etaHour, 24)}:${two(ours.etaMinute, 60)}Z`;
}

/**
 * Places where we differ on purpose. gpsd keeps what the standard leaves unused (a heading of 400, a course of 390) and
 * trims only the end of a text.
 */
function isExplained(field: string, theirs: unknown, ours: unknown): boolean {
  if (field === 'heading') return (theirs as number) >= 360 && ours === 511;
  if (field === 'course') return (theirs as number) >= 360 && (ours === 3600 || ours === 511);
  return typeof theirs === 'string' && theirs.trim() === ours;
}

describe.skipIf(!installed)('the decode by gpsd', () => {
  it.each(SAMPLES)('agrees on every message of %s', (name) => {
    // gpsd joins the two parts of type 24 into one message under rules of its own: libais covers that type.
    const messages = messagesOf(name)
      .filter(({ message }) => message.type !== 24)
      .filter(({ sentences }) => !UNKNOWN_TO_GPSD.test(sentences[0]));
    const theirs = gpsdecode(messages.flatMap(({ sentences }) => sentences));
    expect(theirs.map((one) => [one.type, one.mmsi])).toEqual(
      messages.map(({ message }) => [message.type, message.mmsi]),
    );
    const differences: string[] = [];
    let compared = 0;
    for (const [index, { message }] of messages.entries()) {
      const ours = message as unknown as Fields;
      const own: Fields = { ...motionOf(ours), ...('eta' in ours && { eta: etaOf(ours) }) };
      for (const [field, value] of Object.entries(theirs[index])) {
        if ([6, 8].includes(message.type) && APPLICATION.test(field)) continue;
        const read = field in own ? own[field] : READINGS[field]?.(ours);
        if (read === undefined) continue;
        compared++;
        if (Object.is(read, value) || isExplained(field, value, read)) continue;
        differences.push(
          `${message.type} of ${message.mmsi}: ${field} is ${String(value)}, we read ${String(read)}`,
        );
      }
    }
    expect(differences).toEqual([]);
    expect(compared).toBeGreaterThan(messages.length * 3);
  });
});
