import type { Language } from '@offing/alerts';

/** The words of a part of the pages in every language: the compiler misses what one of them lacks. */
export type ByLanguage<Words> = Readonly<Record<Language, Words>>;
