const NAMES = new Intl.DisplayNames('en', { type: 'region', fallback: 'code' });

/** Languages of local names, for the browser to choose letters and voice by. */
const LANGUAGES: Readonly<Record<string, string>> = {
  CN: 'zh-Hans',
  JP: 'ja',
  KP: 'ko',
  KR: 'ko',
  RU: 'ru',
  TW: 'zh-Hant',
};

/** Returns the English name of a country (ISO 3166-1 alpha-2); what is no code comes back as it is. */
export function countryName(code: string): string {
  return /^[A-Z]{2}$/.test(code) ? (NAMES.of(code) ?? code) : code;
}

/** Returns the language of the names of places in a country, as BCP 47; empty where it is not known. */
export function localLanguage(country: string): string {
  return Object.hasOwn(LANGUAGES, country) ? LANGUAGES[country] : '';
}
