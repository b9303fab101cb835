import { Type, type TSchema } from '@fastify/type-provider-typebox';
import { listOf } from './list-of.ts';
import { nullableString } from './nullable.ts';

/** A page of a list. */
export const pageOf = <Item extends TSchema>(item: Item) =>
  Type.Object({
    items: listOf(item),
    next: nullableString('Cursor of the next page, also in the Link header; null on the last page.'),
  });

/** A page of a list that can be asked about the past. */
export const datedPageOf = <Item extends TSchema>(item: Item) =>
  Type.Object({
    items: listOf(item),
    next: nullableString('Cursor of the next page, also in the Link header; null on the last page.'),
    asOf: nullableString('The instant whose knowledge this is; null for now.'),
  });
