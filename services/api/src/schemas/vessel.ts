import { Type, type Static } from '@fastify/type-provider-typebox';
import { listOf } from './list-of.ts';
import { eventSchema } from './event.ts';
import { correctionSchema } from './correction.ts';
import { designationSchema } from './designation.ts';
import { nullableInteger, nullableNumber, nullableString } from './nullable.ts';

const claims = {
  imoNumber: nullableInteger('As sent; the check digit may fail.'),
  shipName: nullableString('As sent.'),
  callSign: nullableString('As sent.'),
  shipType: nullableInteger('Ship and cargo type, ITU-R M.1371-5 table 53.'),
  lengthM: nullableNumber('Length over all, metres.'),
  beamM: nullableNumber('Breadth, metres.'),
  draughtM: nullableNumber('Draught as typed in, metres.'),
  destination: nullableString('As typed in.'),
};

const face = {
  vesselId: Type.String({ description: 'Our id of the hull; it never changes.' }),
  mmsi: Type.Integer(),
  hull: Type.Integer({ description: 'Number of the hull among those that share the MMSI.' }),
  flag: nullableString('Country by the first digits of the MMSI, ISO 3166-1 alpha-2.'),
  ...claims,
  aisClass: nullableString('A or B.'),
  firstAt: Type.String({ description: 'First position, ISO 8601 UTC.' }),
  lastAt: Type.String({ description: 'Last position, ISO 8601 UTC.' }),
  lon: Type.Number({ description: 'Last position, degrees east.' }),
  lat: Type.Number({ description: 'Last position, degrees north.' }),
  positions: nullableInteger('Positions received; null in lists with `as_of`, where they are not counted.'),
  feeds: listOf(Type.String()),
  synthetic: Type.Boolean({ description: 'Whether it is a made-up ship of the demonstration.' }),
};

const example = {
  vesselId: 'v9b1de02a6c3f4778a01',
  mmsi: 445123000,
  hull: 0,
  flag: 'KP',
  imoNumber: null,
  shipName: 'MADE UP 1',
  callSign: null,
  shipType: 70,
  lengthM: 120,
  beamM: 18,
  draughtM: 6.5,
  destination: 'LONGKOU',
  aisClass: 'A',
  firstAt: '2016-11-01T00:00:00Z',
  lastAt: '2016-11-07T00:00:00Z',
  lon: 120.3,
  lat: 37.7,
  positions: 4210,
  feeds: ['demo'],
  synthetic: true,
};

/** A vessel as listed. */
export const vesselSchema = Type.Object(face, { title: 'Vessel', examples: [example] });

const identity = Type.Object(
  {
    at: Type.String({ description: 'When it was sent, ISO 8601 UTC.' }),
    ...claims,
    eta: nullableString('As typed in, MM-DDTHH:mmZ.'),
    messageType: Type.Integer(),
    feed: nullableString('Feed that it was heard on.'),
  },
  { title: 'Identity' },
);

const link = Type.Object(
  {
    eventId: Type.String({ description: 'The identity-change event that is the record of the link.' }),
    fromVesselId: Type.String(),
    fromMmsi: Type.Integer(),
    toVesselId: Type.String(),
    toMmsi: Type.Integer(),
    imoNumber: Type.Integer({ description: 'The number that moved.' }),
    since: Type.String({ description: 'When it was first sent under the new MMSI, ISO 8601 UTC.' }),
    isSameShip: Type.Boolean({
      description:
        'Whether it went on without a break; otherwise it may be another ship with its number. What was decided by hand counts before that.',
    }),
    decision: Type.Union(
      [
        Type.Object({
          reason: Type.String(),
          decidedBy: Type.String(),
          decidedAt: Type.String({ description: 'ISO 8601 UTC.' }),
        }),
        Type.Null(),
      ],
      { description: 'What was decided on the link by hand, and why; null where nobody did.' },
    ),
    state: Type.String({
      description: '`retracted` where the old MMSI was heard again elsewhere: the link is taken back.',
    }),
    knownSince: Type.String({ description: 'Since when that is known, ISO 8601 UTC.' }),
  },
  { title: 'ShipLink' },
);

/** A vessel with what it said of itself, what happened to it and which lists name it. */
export const vesselDetailSchema = Type.Object(
  {
    ...face,
    asOf: nullableString('The instant whose knowledge this is; null for now.'),
    hullsOfMmsi: Type.Integer({
      description:
        'Hulls kept under this MMSI; where there are several, the identity history may belong to any of them.',
    }),
    identityHistory: listOf(identity, {
      description: 'Static reports under this MMSI, one for each change, newest first, at most 1000.',
    }),
    events: listOf(eventSchema, {
      description: 'Newest first, in every state, at most 200; all of them under /v1/events?vessel=…',
    }),
    sameShip: listOf(link, {
      description:
        'Links by an IMO number that moved from one MMSI to another, over several steps, oldest first. Nothing is linked by name.',
    }),
    corrections: listOf(correctionSchema, {
      description:
        'What was corrected or taken back of its alerts, last told first, at most 100; all of it under /v1/corrections?vessel=…',
    }),
    designations: listOf(designationSchema, { description: 'By the IMO numbers that this hull sent.' }),
  },
  {
    title: 'VesselDetail',
    examples: [
      {
        ...example,
        asOf: null,
        hullsOfMmsi: 1,
        identityHistory: [],
        events: [],
        sameShip: [],
        corrections: [],
        designations: [],
      },
    ],
  },
);

/** A position as listed and exported. */
export const positionSchema = Type.Object(
  {
    vesselId: nullableString('Our id of the hull.'),
    mmsi: Type.Integer(),
    at: Type.String({ description: 'Event time, ISO 8601 UTC.' }),
    receivedAt: nullableString('When it was received, where known.'),
    lon: Type.Number({ description: 'Degrees east, WGS84.' }),
    lat: Type.Number({ description: 'Degrees north, WGS84.' }),
    sogKn: nullableNumber('Speed over ground, knots.'),
    cogDeg: nullableNumber('Course over ground, degrees true.'),
    headingDeg: nullableInteger('True heading, degrees.'),
    navStatus: nullableInteger('Navigational status, ITU-R M.1371-5 table 48.'),
    messageType: Type.Integer({ description: 'AIS message type; 0 when the format does not tell.' }),
    aisClass: nullableString('A or B.'),
    receiverKind: nullableString('terrestrial or satellite.'),
    feed: nullableString('Feed that it was heard on.'),
    late: Type.Boolean({
      description: 'Whether it came behind what had been judged by then, and was taken in afterwards.',
    }),
  },
  {
    title: 'Position',
    examples: [
      {
        vesselId: 'v9b1de02a6c3f4778a01',
        mmsi: 445123000,
        at: '2016-11-05T15:40:00Z',
        receivedAt: null,
        lon: 120.28,
        lat: 37.72,
        sogKn: 0.4,
        cogDeg: 181.2,
        headingDeg: null,
        navStatus: 0,
        messageType: 1,
        aisClass: 'A',
        receiverKind: 'terrestrial',
        feed: 'demo',
        late: false,
      },
    ],
  },
);

/** A vessel in public. */
export type PublicVessel = Static<typeof vesselSchema>;
/** A static report in public. */
export type PublicIdentity = Static<typeof identity>;
/** A position in public. */
export type PublicPosition = Static<typeof positionSchema>;
