import { html, type Html } from './html.ts';

/** Returns a part of a page under its heading; null where there is nothing to stand under it. */
export function section(id: string, title: string, body: Html | null): Html | null {
  if (body === null) return null;
  return html`<section aria-labelledby="${id}">
    <h2 id="${id}">${title}</h2>
    ${body}
  </section>`;
}
