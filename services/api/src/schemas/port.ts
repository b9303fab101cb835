import { Type, type Static } from '@fastify/type-provider-typebox';
import { listOf } from './list-of.ts';
import { nullableNumber, nullableString } from './nullable.ts';

/** What a port looks like, for the document. */
export const PORT_EXAMPLE = {
  id: 'CNLKU',
  name: 'Longkou',
  altNames: [],
  localName: '龙口',
  country: 'CN',
  unlocode: 'CNLKU',
  lon: 120.33,
  lat: 37.65,
  positionSource: 'UN/LOCODE',
  parentPortId: null,
  watched: true,
};

/** A port of the gazetteer as listed. */
export const portSchema = Type.Object(
  {
    id: Type.String(),
    name: Type.String({ description: 'Plain name.' }),
    altNames: listOf(Type.String()),
    localName: nullableString('Name in the script of the country.'),
    country: Type.String({ description: 'ISO 3166-1 alpha-2.' }),
    unlocode: nullableString('UN/LOCODE.'),
    lon: nullableNumber('Degrees east; null where the place is not known.'),
    lat: nullableNumber('Degrees north; null where the place is not known.'),
    positionSource: nullableString('Where the coordinates come from.'),
    parentPortId: nullableString('The port that this one belongs to.'),
    watched: Type.Boolean({ description: 'Whether it is watched by default.' }),
  },
  {
    title: 'Port',
    examples: [PORT_EXAMPLE],
  },
);

/** A port in public. */
export type PublicPort = Static<typeof portSchema>;
