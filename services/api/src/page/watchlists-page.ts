import { html, type Html } from './html.ts';
import { section } from './section.ts';
import { shell, type Reading } from './shell.ts';
import { watchForm, type WatchFormView } from './watch-form.ts';
import { filterFacts, feedLinks, type ShownWatchlist } from './watch-parts.ts';
import { WATCH_WORDS, type WatchWords } from './words/watch-words.ts';

/** What the page of watchlists shows. */
export type WatchlistsView = {
  readonly form: WatchFormView;
  readonly lists: readonly ShownWatchlist[];
};

/** Returns the page on which someone makes watchlists and sees those that there are. */
export function watchlistsPage({ form, lists }: WatchlistsView, reading: Reading): string {
  const words = WATCH_WORDS[reading.language];
  return shell(
    `${words.watchlists} – Offing`,
    html`<h1>${words.watchlists}</h1>
      <p class="lead">${words.lead}</p>
      ${section('make', words.makeTitle, watchForm('/watchlists', form, true, reading))}
      ${section('mine', words.mine(lists.length), mine(lists, words, reading))}
      <p class="data">${words.data} <a href="/v1/watchlists">JSON</a></p>`,
    null,
    reading,
  );
}

function mine(lists: readonly ShownWatchlist[], words: WatchWords, reading: Reading): Html {
  if (lists.length === 0) return html`<p class="empty">${words.none}</p>`;
  return html`<ol class="alerts">
    ${lists.map(
      (list) =>
        html`<li>
          <article class="alert" aria-labelledby="${list.id}">
            <h3 id="${list.id}"><a href="/watchlists/${list.id}">${list.name}</a></h3>
            ${filterFacts(list.filter, reading)}
            <p class="note">${words.channels}: ${channelNames(list, words)} ${feedLinks(list.feeds)}</p>
          </article>
        </li>`,
    )}
  </ol>`;
}

function channelNames({ channels }: ShownWatchlist, words: WatchWords): string {
  if (channels.length === 0) return words.noChannels;
  return `${channels.map(({ kind, target }) => `${words.kinds[kind]} ${target}`).join(', ')}.`;
}

/** Returns the page that tells a reader without a session how to get one; `back` is the address of this view. */
export function noSessionPage(back: string, reading: Reading): string {
  const words = WATCH_WORDS[reading.language];
  return shell(
    `${words.watchlists} – Offing`,
    html`<h1>${words.watchlists}</h1>
      <p class="lead">${words.lead}</p>
      ${section(
        'session',
        words.sessionTitle,
        html`<p>${words.session} <a href="${back}">${back}</a></p>
          <p class="note">${words.sessionKey}</p>`,
      )}`,
    null,
    reading,
  );
}
