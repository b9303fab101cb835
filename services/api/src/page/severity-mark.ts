import type { Language } from '@offing/alerts';
import { ALERT_WORDS } from './words/alert-words.ts';
import type { Severity } from '@offing/rules';
import { html, type Html } from './html.ts';

/** The shape of each severity: it reads without colour, more corners is more. */
const SHAPES: Readonly<Record<Severity, Html>> = {
  info: html`<circle cx="8" cy="8" r="5.5" />`,
  low: html`<path d="M2.5 5 8 13.5 13.5 5z" />`,
  medium: html`<path d="M2.5 2.5h11v11h-11z" />`,
  high: html`<path d="M8 1.5 15.5 14.5H.5z" />`,
  critical: html`<path d="M5 .8h6L15.2 5v6L11 15.2H5L.8 11V5z" />`,
};

/** Returns the mark of a severity: a shape, and the word beside it. */
export function severityMark(severity: Severity, language: Language = 'en'): Html {
  return html`<span class="severity ${severity}"
    ><svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">${SHAPES[severity]}</svg>
    ${ALERT_WORDS[language].severities[severity]}</span
  >`;
}
