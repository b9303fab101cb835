import { html, type Html } from './html.ts';

/** Returns the text of a page: what every page has in its head, `more` after the title, and the body. `code` is a BCP 47 tag. */
export function wholePage(code: string, title: string, more: Html | null, body: Html): string {
  return html`<!doctype html>
    <html lang="${code}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
        ${more}
        <link rel="icon" href="/assets/mark.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/assets/page.css" />
      </head>
      ${body}
    </html> `.html;
}
