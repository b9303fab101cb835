import { Type } from '@fastify/type-provider-typebox';

/** Text or null; written with a list of types, which serialises without trying alternatives. */
export const nullableString = (description: string) =>
  Type.Unsafe<string | null>({ type: ['string', 'null'], description });

/** A number or null. */
export const nullableNumber = (description: string) =>
  Type.Unsafe<number | null>({ type: ['number', 'null'], description });

/** A whole number or null. */
export const nullableInteger = (description: string) =>
  Type.Unsafe<number | null>({ type: ['integer', 'null'], description });
