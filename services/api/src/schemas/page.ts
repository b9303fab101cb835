import { Type, type TSchema } from '@fastify/type-provider-typebox';
import { listOf } from './list-of.ts';
import { nullableString } from './nullable.ts';

const terms = Type.Optional(
  listOf(Type.Object({ feed: Type.String(), terms: Type.String() }, { title: 'FeedTerms' }), {
    description:
      'Terms of use of the feeds, where they have some: what they ask of whoever passes the items on that name them.',
  }),
);

/** A page of a list that rests on no feed. */
export const plainPageOf = <Item extends TSchema>(item: Item) =>
  Type.Object({
    items: listOf(item),
    next: nullableString('Cursor of the next page, also in the Link header; null on the last page.'),
  });

/** A page of a list of what was heard on feeds. */
export const pageOf = <Item extends TSchema>(item: Item) =>
  Type.Object({
    items: listOf(item),
    next: nullableString('Cursor of the next page, also in the Link header; null on the last page.'),
    terms,
  });

/** A page of a list that can be asked about the past. */
export const datedPageOf = <Item extends TSchema>(item: Item) =>
  Type.Object({
    items: listOf(item),
    next: nullableString('Cursor of the next page, also in the Link header; null on the last page.'),
    asOf: nullableString('The instant whose knowledge this is; null for now.'),
    terms,
  });
