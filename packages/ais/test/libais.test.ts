import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { AisMessage } from '../src/message.ts';
import { messageIn } from './read-message.ts';

/** One object of libais, in gpsd's names. */
type Expected = { readonly type: number; readonly mmsi: number; readonly [field: string]: unknown };
type Ours = Record<string, unknown>;
/** How one of libais' fields reads in our message. */
type Reading = (ours: Ours, expected: Expected) => unknown;

const folder = new URL('./data/', import.meta.url);
const linesOf = (name: string) => readFileSync(new URL(name, folder), 'utf8').split('\n').filter(Boolean);
const sentenceIn = (line: string) => /!.*\*[0-9A-F]{2}/.exec(line)?.[0] ?? '';
const objectsOf = (name: string) => linesOf(name).map((line) => JSON.parse(line) as Expected);

const as =
  (name: string): Reading =>
  (ours) =>
    ours[name];
const comm =
  (name: string): Reading =>
  (ours) =>
    (ours.commState as Ours)[name];
const item =
  (list: string, index: number, name: string): Reading =>
  (ours) =>
    ((ours[list] as Ours[])[index] ?? {})[name] ?? 0;
const orZero =
  (name: string): Reading =>
  (ours) =>
    ours[name] ?? 0;
const orEmpty =
  (name: string): Reading =>
  (ours) =>
    ours[name] ?? '';

/** Their field: our reading of it. A field that is listed nowhere fails the test. */
const READINGS: Record<string, Reading> = {
  type: as('type'),
  repeat: as('repeat'),
  mmsi: as('mmsi'),
  status: as('navStatus'),
  turn: as('rotDegPerMin'),
  speed: as('sogKn'),
  accuracy: as('accurate'),
  lon: (ours, expected) => (expected.lon === 181 ? orMissing(ours.lon, 181) : ours.lon),
  lat: (ours, expected) => (expected.lat === 91 ? orMissing(ours.lat, 91) : ours.lat),
  course: as('cogDeg'),
  heading: (ours, expected) => (expected.heading === 511 ? orMissing(ours.headingDeg, 511) : ours.headingDeg),
  second: as('utcSecond'),
  maneuver: orZero('specialManoeuvre'),
  raim: as('raim'),
  sync_state: (ours) => (ours.commState as Ours | undefined)?.syncState,
  slot_timeout: comm('slotTimeout'),
  slot_number: comm('slotNumber'),
  slot_offset: comm('slotOffset'),
  received_stations: comm('receivedStations'),
  utc_hour: comm('utcHour'),
  utc_min: comm('utcMinute'),
  slot_increment: comm('slotIncrement'),
  slots_to_allocate: comm('slotsToAllocate'),
  keep_flag: comm('keep'),
  epfd: as('epfd'),
  transmission_ctl: (ours) => Number(ours.longRangeControl),
  ais_version: as('aisVersion'),
  imo: (ours) => String(ours.imoNumber ?? 0),
  callsign: as('callSign'),
  shipname: as('shipName'),
  shiptype: orZero('shipType'),
  to_bow: orZero('toBowM'),
  to_stern: orZero('toSternM'),
  to_port: orZero('toPortM'),
  to_starboard: orZero('toStarboardM'),
  draught: orZero('draughtM'),
  destination: orEmpty('destination'),
  dte: (ours) => Number(!(ours.dteReady as boolean)),
  dac: as('dac'),
  fid: as('functionId'),
  dest_mmsi: as('destinationMmsi'),
  seqno: as('sequence'),
  retransmit: as('retransmit'),
  text: as('text'),
  cs: as('carrierSense'),
  display: as('hasDisplay'),
  dsc: as('hasDsc'),
  band: as('wholeBand'),
  msg22: as('acceptsChannelManagement'),
  mode: as('assigned'),
  assigned: as('assigned'),
  part_num: (ours) => (ours.part === 'A' ? 0 : 1),
  gnss: as('presentPosition'),
  name: as('aidName'),
  aid_type: as('aidType'),
  off_position: as('offPosition'),
  virtual_aid: as('virtual'),
  regional: as('aidStatus'),
  alt: as('altitudeM'),
  alt_sensor: (ours) => Number(ours.barometric),
  channel_a: as('channelA'),
  channel_b: as('channelB'),
  txrx: as('transmitMode'),
  power: as('lowPower'),
  band_a: (ours) => Number(ours.narrowBandA),
  band_b: (ours) => Number(ours.narrowBandB),
  zonesize: (ours) => (ours.zoneNm as number) - 1,
  ne_lon: as('northEastLon'),
  ne_lat: as('northEastLat'),
  sw_lon: as('southWestLon'),
  sw_lat: as('southWestLat'),
  stationtype: as('stationType'),
  interval: as('reportInterval'),
  quiet: as('quietMin'),
};

/** The lists that libais writes as numbered fields. */
const NUMBERED: Record<number, Record<string, Reading>> = {
  7: Object.fromEntries(
    [0, 1, 2, 3].map((i) => [`mmsi${i + 1}`, item('acknowledged', i, 'destinationMmsi')]),
  ),
  13: Object.fromEntries(
    [0, 1, 2, 3].map((i) => [`mmsi${i + 1}`, item('acknowledged', i, 'destinationMmsi')]),
  ),
  15: {
    mmsi1: item('asked', 0, 'destinationMmsi'),
    type1_1: item('asked', 0, 'messageType'),
    offset1_1: item('asked', 0, 'slotOffset'),
    type1_2: item('asked', 1, 'messageType'),
    offset1_2: item('asked', 1, 'slotOffset'),
  },
  16: {
    mmsi1: item('assignments', 0, 'destinationMmsi'),
    offset1: item('assignments', 0, 'slotOffset'),
    increment1: item('assignments', 0, 'increment'),
    mmsi2: item('assignments', 1, 'destinationMmsi'),
    increment2: item('assignments', 1, 'increment'),
    offset2: item('assignments', 1, 'slotOffset'),
  },
  20: Object.fromEntries(
    [0, 1].flatMap((i) => [
      [`offset${i + 1}`, item('reservations', i, 'slotOffset')],
      [`number${i + 1}`, item('reservations', i, 'slots')],
      [`timeout${i + 1}`, item('reservations', i, 'timeoutMin')],
      [`increment${i + 1}`, item('reservations', i, 'increment')],
    ]),
  ),
};

/** Not of the message, but of libais: what it adds, the sentence's own data, and words for codes that we word ourselves. */
const NOT_OF_THE_MESSAGE = /^(class|device|scaled|tagblock_.*|.*_text|spare\d?|utc_spare)$/;

/** Differences, each with its reason; the value is what we read. */
const DIFFERENCES: Record<
  string,
  { readonly field: string; readonly ours: unknown; readonly why: string }[]
> = {
  '4/3669713': [{ field: 'timestamp', ours: null, why: 'every part of the time is "not available"' }],
  '2/277315048': [
    { field: 'heading', ours: null, why: '472 is no heading; values from 360 on are not used' },
  ],
  '11/367342360': [{ field: 'timestamp', ours: null, why: 'hour 26 and minute 60 do not exist' }],
  '9/400214919': [
    {
      field: 'speed',
      ours: 168,
      why: 'type 9 has whole knots (annex 8, 3.7), libais scales it as the others',
    },
  ],
  '15/1021648591': [
    { field: 'type1_2', ours: 0, why: '104 bits end inside the second question, libais reads the fill bits' },
    { field: 'offset1_2', ours: 0, why: 'the same' },
    { field: 'msg_2', ours: undefined, why: 'there is no second station, libais writes zeros' },
    { field: 'slot_offset_2', ours: undefined, why: 'the same' },
    { field: 'mmsi2', ours: undefined, why: 'the same' },
    { field: 'type2_1', ours: undefined, why: 'the same' },
    { field: 'type2_2', ours: undefined, why: 'the same; the standard has no such field' },
    { field: 'offset2_1', ours: undefined, why: 'the same' },
    { field: 'offset2_2', ours: undefined, why: 'the same; the standard has no such field' },
  ],
  '6/3669971': [
    {
      field: 'retransmit',
      ours: false,
      why: 'bit 70 is 0, not sent again (annex 8, 3.4); libais turns it round',
    },
    { field: 'text', ours: undefined, why: 'applications in binary messages are not taken apart' },
    { field: 'ack_required', ours: undefined, why: 'the same' },
    { field: 'msg_seq', ours: undefined, why: 'the same' },
  ],
  '26/1025342127': [
    {
      field: 'dac',
      ours: 122,
      why: 'two spare bits follow the destination (annex 8, 3.24), libais passes over them',
    },
    { field: 'fid', ours: 34, why: 'the same' },
  ],
  '21/852992994': [
    {
      field: 'name',
      ours: "9%&//3*37_+P]['<RD^6",
      why: 'six-bit 31 is _ and 39 is an apostrophe (annex 8, table 47)',
    },
  ],
  '8/3669739': ['notice_type_str', 'sub_areas', 'notice_type', 'link_id', 'duration_minutes'].map(
    (field) => ({
      field,
      ours: undefined,
      why: 'applications in binary messages are not taken apart',
    }),
  ),
  '18/366764000': [
    { field: 'unit', ours: undefined, why: 'libais names the carrier-sense bit twice' },
    { field: 'commstate_cs_fill', ours: undefined, why: 'the filler of carrier-sense units says nothing' },
  ],
};

function orMissing(value: unknown, code: number): unknown {
  return value === null ? code : value;
}

function compare(message: AisMessage, expected: Expected): void {
  const ours = message as unknown as Ours;
  const differences = DIFFERENCES[`${expected.type}/${expected.mmsi}`] ?? [];
  for (const [field, value] of Object.entries(expected)) {
    if (NOT_OF_THE_MESSAGE.test(field)) continue;
    const difference = differences.find((one) => one.field === field);
    const reading = NUMBERED[expected.type]?.[field] ?? READINGS[field];
    if (field === 'timestamp') {
      if (expected.type === 4 || expected.type === 11) expect(ours.utcTime).toBe(difference?.ours);
      continue;
    }
    if (difference !== undefined) {
      expect(reading?.(ours, expected), `${field}: ${difference.why}`).toEqual(difference.ours);
      continue;
    }
    expect(reading, `${field} of type ${expected.type} is compared`).toBeDefined();
    const read = reading(ours, expected);
    if (typeof value === 'number' && !Number.isInteger(value)) {
      // libais keeps coordinates as 32-bit floats: seven digits.
      expect(typeof read, field).toBe('number');
      expect(Math.abs((read as number) - value), field).toBeLessThan(
        field === 'turn' ? 6e-4 : Math.max(1e-5, Math.abs(value) * 1e-6),
      );
    } else expect(read, `${field} of type ${expected.type}`).toEqual(value);
  }
}

describe('the decode by libais', () => {
  const sentences = linesOf('libais-typeexamples.nmea').map(sentenceIn);
  const expected = objectsOf('libais-typeexamples.json');

  it('has an object for each sentence', () => {
    expect(sentences).toHaveLength(26);
    expect(expected).toHaveLength(26);
  });

  it.each(expected.map((object, index) => [object.type, object.mmsi, index] as const))(
    'agrees on type %i of %i',
    (_type, _mmsi, index) => {
      compare(messageIn(sentences[index]), expected[index]);
    },
  );

  it('agrees on sentences with tag blocks, one of them in parts', () => {
    const [first, second, third, fourth, fifth] = linesOf('libais-tagblock.nmea').map(sentenceIn);
    const objects = objectsOf('libais-tagblock.json');
    const byMmsi = [[second], [first, third], [fourth], [fifth]];
    for (const [index, object] of objects.entries()) compare(messageIn(...byMmsi[index]), object);
  });
});
