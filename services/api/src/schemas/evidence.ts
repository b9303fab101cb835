import { Type, type Static } from '@fastify/type-provider-typebox';
import { listOf } from './list-of.ts';
import { nullableInteger, nullableNumber, nullableString } from './nullable.ts';

const heardCopy = Type.Object(
  {
    feed: Type.String({ description: 'Name of the feed that brought it.' }),
    terms: nullableString('Terms of use of the feed, which are those of the record, too.'),
    station: nullableString('The station that heard it, as the record names it.'),
    at: Type.String({
      description:
        'When it was heard by the source, ISO 8601 UTC; stations stamp one transmission differently.',
    }),
    receivedAt: nullableString('When it was received, where that is known, ISO 8601 UTC.'),
    recording: nullableString('File name of the recording; null for a live feed.'),
    sha256: Type.String({ description: 'SHA-256 of the record’s bytes, hexadecimal.' }),
    url: Type.String({ description: 'Where its bytes are.' }),
  },
  { title: 'HeardCopy' },
);

/** A position that an event rests on. */
export const evidencePositionSchema = Type.Object(
  {
    mmsi: Type.Integer(),
    at: Type.String({ description: 'ISO 8601 UTC.' }),
    lon: Type.Number({ description: 'Degrees east, WGS84.' }),
    lat: Type.Number({ description: 'Degrees north, WGS84.' }),
    sogKn: nullableNumber('Speed over ground, knots.'),
    cogDeg: nullableNumber('Course over ground, degrees true.'),
    headingDeg: nullableNumber('Heading, degrees true.'),
    navStatus: nullableInteger('Navigational status, ITU-R M.1371-5 table 48.'),
    messageType: Type.Integer({ description: 'AIS message type; 0 where the source does not tell.' }),
    feed: nullableString('Name of the feed whose copy came first in order.'),
    receivedAt: nullableString('When that copy was received, where that is known, ISO 8601 UTC.'),
    late: Type.Boolean({
      description: 'Whether it came behind what had been judged by then, and corrected it.',
    }),
    raw: Type.String({
      description:
        '`kept`; `wanted`: not looked for yet; `missing`: its recording was gone by then, or what live feeds brought was forgotten. Reading the recording again brings it.',
    }),
    copies: listOf(heardCopy, {
      description: 'Each time that the transmission was heard, by any station and feed, as it was received.',
    }),
  },
  { title: 'EvidencePosition' },
);

/** The positions that an event rests on. */
export const evidencePositionsSchema = Type.Object(
  { items: listOf(evidencePositionSchema) },
  {
    title: 'EvidencePositions',
    examples: [
      {
        items: [
          {
            mmsi: 445123000,
            at: '2016-11-05T15:40:00Z',
            lon: 120.28,
            lat: 37.72,
            sogKn: 9.6,
            cogDeg: 180,
            headingDeg: null,
            navStatus: 0,
            messageType: 1,
            feed: 'demo',
            receivedAt: null,
            late: false,
            raw: 'kept',
            copies: [
              {
                feed: 'demo',
                terms: null,
                station: '2190047',
                at: '2016-11-05T15:40:00Z',
                receivedAt: null,
                recording: 'bohai.nmea.gz',
                sha256: '4c93b8d4225f8774e568d45f951cf3ed2c6e57310490949a161789eea8c2cacd',
                url: '/v1/raw/4c93b8d4225f8774e568d45f951cf3ed2c6e57310490949a161789eea8c2cacd',
              },
            ],
          },
        ],
      },
    ],
  },
);

/** A position that an event rests on, in public. */
export type PublicEvidencePosition = Static<typeof evidencePositionSchema>;
