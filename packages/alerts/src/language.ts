/** The languages in which people are told what happened; English is the first, and what others fall back on. */
export const LANGUAGES = ['en', 'zh', 'ko'] as const;

/** A language: English, Chinese in simplified characters, Korean. */
export type Language = (typeof LANGUAGES)[number];

/** Returns whether a text is the code of a language in which people are told. */
export function isLanguage(text: string | undefined): text is Language {
  return LANGUAGES.some((language) => language === text);
}
