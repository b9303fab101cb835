import { time } from './facts.ts';
import { html, type Html } from './html.ts';

/** Returns the query that asks for what was known at an instant; empty for now. */
export function asOfQuery(asOf: string | null): string {
  return asOf === null ? '' : `?as_of=${encodeURIComponent(asOf)}`;
}

/** Returns the words that a page shows what was known at an instant, with the way to what is known now; null for now. */
export function asOfNotice(asOf: string | null, path: string): Html | null {
  return asOf === null
    ? null
    : html`<p class="notice">
        This is what was known on ${time(asOf)}. <a href="${path}">See what is known now</a>
      </p>`;
}
