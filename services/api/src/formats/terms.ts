/** What the source of a feed asks of whoever passes on what came from it. */
export type FeedTerms = { readonly feed: string; readonly terms: string };

/** Something that was heard on feeds, null where that is not known; what is of no feed has neither field. */
export type Heard =
  | { readonly feeds: readonly string[]; readonly feed?: never }
  | { readonly feed: string | null; readonly feeds?: never }
  | { readonly feeds?: never; readonly feed?: never };

/** Returns the feeds that something was heard on. */
export function feedsOf(item: Heard): readonly string[] {
  if (item.feeds !== undefined) return item.feeds;
  return item.feed == null ? [] : [item.feed];
}

/** Returns the terms for one item as text, feed by feed; null where its feeds have none. */
export function termsText(item: Heard, terms: readonly FeedTerms[]): string | null {
  const text = termsFor([item], terms).map(termsLine).join('; ');
  return text === '' ? null : text;
}

/** Returns those of the terms that hold for some of the items. */
export function termsFor(items: readonly Heard[], terms: readonly FeedTerms[]): readonly FeedTerms[] {
  const heard = new Set(items.flatMap(feedsOf));
  return terms.filter(({ feed }) => heard.has(feed));
}

/** Returns terms as a line. */
export function termsLine({ feed, terms }: FeedTerms): string {
  return `${feed}: ${terms}`;
}
