import { feedTerms, type Reader } from '@offing/store';
import type { FastifyRequest } from 'fastify';
import type { FeedTerms } from '../formats/terms.ts';

type Kept = { readonly moment: object; readonly terms: Promise<readonly FeedTerms[]> };

const kept = new WeakMap<Reader, Kept>();

/** Returns the terms of use of all feeds that have some; they are asked for again when anything has changed in the database. */
export function knownTerms(reader: Reader, request: FastifyRequest): Promise<readonly FeedTerms[]> {
  const { answeredAt: moment } = request;
  const last = kept.get(reader);
  if (moment !== null && last !== undefined && isSame(last.moment, moment)) return last.terms;
  const terms = feedTerms(reader);
  // What failed is asked again by the next.
  terms.catch(() => kept.delete(reader));
  if (moment !== null) kept.set(reader, { moment, terms });
  return terms;
}

function isSame(one: object, other: object): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}

/** Returns a page of a list with the terms of use of the feeds, where there are some. */
export async function withTerms<Page extends object>(
  reader: Reader,
  request: FastifyRequest,
  page: Page,
): Promise<Page & { readonly terms?: readonly FeedTerms[] }> {
  const terms = await knownTerms(reader, request);
  return terms.length === 0 ? page : { ...page, terms };
}
