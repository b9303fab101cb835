import type { Reader } from './reader.ts';

/** Returns the terms of use of the feeds that have some, by the name of the feed. */
export async function feedTerms(
  reader: Reader,
): Promise<readonly { readonly feed: string; readonly terms: string }[]> {
  return reader.db
    .selectFrom('feed')
    .select(['name as feed', 'terms'])
    .where('terms', 'is not', null)
    .orderBy('name')
    .$narrowType<{ terms: string }>()
    .execute();
}
