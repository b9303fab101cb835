import { Type, type Static, type TSchema, type TSchemaOptions } from '@fastify/type-provider-typebox';

/** A list that is only read. */
export const listOf = <Item extends TSchema>(item: Item, options?: TSchemaOptions) =>
  Type.Unsafe<readonly Static<Item>[]>(Type.Array(item, options));
