import { Type, type Static } from '@fastify/type-provider-typebox';
import { listOf } from './list-of.ts';
import { nullableString } from './nullable.ts';

const source = Type.Object({
  url: Type.String({ description: 'Without its query.' }),
  list: nullableString('Name of the list where the configuration gives one.'),
  outcome: Type.String({
    description: '`taken`, `same` as when it was last taken in, `refused`, or `failed`: it could not be had.',
  }),
  code: nullableString('Why nothing was changed.'),
  why: nullableString('The same in words.'),
  checkedAt: Type.String({ description: 'When it was last tried, ISO 8601 UTC.' }),
  takenAt: nullableString('When it was last taken in or found to be as before, ISO 8601 UTC.'),
});

const refusal = Type.Object({
  list: nullableString('Name of the list, where known.'),
  files: listOf(Type.String(), { description: 'Names of the files, or addresses without their query.' }),
  code: Type.String(),
  why: Type.String(),
  at: Type.String({ description: 'When it was last refused, ISO 8601 UTC.' }),
});

/** Lists that are fetched, and list files that changed nothing. */
export const listSourcesSchema = Type.Object(
  {
    sources: listOf(source),
    refusals: listOf(refusal, { description: 'Newest first, at most 50.' }),
  },
  {
    title: 'ListSources',
    examples: [
      {
        sources: [
          {
            url: 'https://lists.example.org/sdn.csv',
            list: null,
            outcome: 'refused',
            code: 'list-shrunk',
            why: 'it has 3 ships, and 300 were there before',
            checkedAt: '2024-05-04T06:00:00Z',
            takenAt: '2024-05-03T06:00:00Z',
          },
        ],
        refusals: [],
      },
    ],
  },
);

/** Lists that are fetched, in public. */
export type PublicListSources = Static<typeof listSourcesSchema>;
