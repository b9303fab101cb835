import type { Language } from '@offing/alerts';
import { time } from './facts.ts';
import { html, type Html } from './html.ts';
import { ALERT_WORDS } from './words/alert-words.ts';

/** Returns the query that asks for what was known at an instant; empty for now. */
export function asOfQuery(asOf: string | null): string {
  return asOf === null ? '' : `?as_of=${encodeURIComponent(asOf)}`;
}

/** Returns the words that a page shows what was known at an instant, with the way to what is known now; null for now. */
export function asOfNotice(asOf: string | null, path: string, language: Language = 'en'): Html | null {
  const words = ALERT_WORDS[language];
  return asOf === null
    ? null
    : html`<p class="notice">${words.asOf} ${time(asOf)}. <a href="${path}">${words.now}</a></p>`;
}
