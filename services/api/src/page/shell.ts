import type { Language } from '@offing/alerts';
import { html, type Html } from './html.ts';
import { wholePage } from './whole-page.ts';
import { SHELL_WORDS } from './words/shell-words.ts';

/** What each language calls itself. */
const NAMES: readonly (readonly [language: Language, code: string, name: string])[] = [
  ['en', 'en', 'English'],
  ['zh', 'zh-Hans', '中文'],
  ['ko', 'ko', '한국어'],
];

/** How a page is read: its language, and the query of its address without that. */
export type Reading = { readonly language: Language; readonly query: string };

const PLAIN: Reading = { language: 'en', query: '' };

/** Returns a whole page: head (with `more` in it), skip link, banner, the main part, footer; the words around it in the reader's language. */
export function shell(title: string, main: Html, more: Html | null = null, reading = PLAIN): string {
  const { language } = reading;
  const words = SHELL_WORDS[language];
  const code = NAMES.find(([one]) => one === language)?.[1] ?? language;
  return wholePage(
    code,
    title,
    more,
    html`<body>
      <a class="skip" href="#main">${words.skip}</a>
      <header>
        <a class="brand" href="/"><img src="/assets/mark.svg" alt="" width="28" height="28" />Offing</a>
        <nav aria-label="${words.main}">
          <ul>
            <li><a href="/">${words.alerts}</a></li>
            <li><a href="/vessels">${words.vessels}</a></li>
            <li><a href="/ports">${words.ports}</a></li>
            <li><a href="/watchlists">${words.watchlists}</a></li>
            <li><a href="/rules">${words.rules}</a></li>
            <li><a href="/status">${words.status}</a></li>
            <li><a href="/docs">${words.api}</a></li>
          </ul>
        </nav>
      </header>
      <main id="main">${main}</main>
      <footer>
        <p>${words.footer}</p>
        <p><a href="/corrections">${words.corrections}</a></p>
        <nav aria-label="${words.languages}">
          <ul>
            ${NAMES.map(([one, tag, name]) => languageLink(one, tag, name, reading))}
          </ul>
        </nav>
      </footer>
    </body>`,
  );
}

/** The reader's own view in another language: an address that is only a query keeps the page. */
function languageLink(one: Language, tag: string, name: string, { language, query }: Reading): Html {
  if (one === language) return html`<li><span lang="${tag}" aria-current="true">${name}</span></li>`;
  const parameters = new URLSearchParams(query);
  parameters.set('lang', one);
  return html`<li><a href="?${parameters.toString()}" hreflang="${tag}" lang="${tag}">${name}</a></li>`;
}
