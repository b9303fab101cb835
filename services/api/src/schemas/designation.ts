import { Type, type Static } from '@fastify/type-provider-typebox';
import { nullableInteger, nullableString } from './nullable.ts';

/** A designation as listed: one list, one ship, one listing. */
export const designationSchema = Type.Object(
  {
    id: Type.String(),
    list: Type.String(),
    entryId: nullableString("The list's own id of the entry."),
    imoNumber: nullableInteger('As listed.'),
    mmsi: nullableInteger('As listed.'),
    callSign: nullableString('As listed.'),
    shipName: Type.String({ description: 'As listed.' }),
    flag: nullableString('As listed.'),
    program: nullableString('Programme of the list.'),
    designatedOn: Type.String({ description: 'First listed day, YYYY-MM-DD.' }),
    delistedOn: nullableString('Last listed day; null while listed.'),
    knownSince: Type.String({ description: 'Since when it was known here, ISO 8601 UTC.' }),
    source: Type.String(),
  },
  {
    title: 'Designation',
    examples: [
      {
        id: 'd0123456789abcdef0123',
        list: 'UN',
        entryId: null,
        imoNumber: 9163166,
        mmsi: null,
        callSign: null,
        shipName: 'Jin Teng',
        flag: null,
        program: 'DPRK',
        designatedOn: '2016-03-02',
        delistedOn: '2016-03-21',
        knownSince: '2016-03-02T00:00:00Z',
        source: 'https://www.un.org/',
      },
    ],
  },
);

/** A designation in public. */
export type PublicDesignation = Static<typeof designationSchema>;
