import { html, type Html } from './html.ts';

/** Returns a whole page: head (with `more` in it), skip link, banner, the main part, footer. */
export function shell(title: string, main: Html, more: Html | null = null): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
        ${more}
        <link rel="icon" href="/assets/mark.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/assets/page.css" />
      </head>
      <body>
        <a class="skip" href="#main">Skip to the main part</a>
        <header>
          <a class="brand" href="/"><img src="/assets/mark.svg" alt="" width="28" height="28" />Offing</a>
          <nav aria-label="Main">
            <ul>
              <li><a href="/">Alerts</a></li>
              <li><a href="/vessels">Vessels</a></li>
              <li><a href="/ports">Ports</a></li>
              <li><a href="/status">Status</a></li>
              <li><a href="/docs">API</a></li>
            </ul>
          </nav>
        </header>
        <main id="main">${main}</main>
        <footer>
          <p>
            Offing reads ships’ AIS positions and tells what they are consistent with. An alert is a reason to
            look, never a proof: each has its evidence, a confidence, and explanations without ill intent.
          </p>
        </footer>
      </body>
    </html> `.html;
}
