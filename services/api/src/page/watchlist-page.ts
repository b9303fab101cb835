import type { publicChannel, publicDelivery } from '../shapes/watchlist.ts';
import { alertPath } from '../shapes/alert-path.ts';
import { CHANNEL_KINDS, DIGESTS } from '../schemas/watchlist.ts';
import { time } from './facts.ts';
import { html, type Html } from './html.ts';
import { section } from './section.ts';
import { shell, type Reading } from './shell.ts';
import { csrfField, option, watchForm, type WatchFormView } from './watch-form.ts';
import { feedLinks, filterFacts, type ShownWatchlist } from './watch-parts.ts';
import { WATCH_WORDS, type WatchWords } from './words/watch-words.ts';

type Channel = ReturnType<typeof publicChannel>;
type Delivery = ReturnType<typeof publicDelivery>;

/** What the page of one watchlist shows. */
export type WatchlistView = {
  readonly list: ShownWatchlist;
  readonly form: WatchFormView;
  readonly deliveries: readonly Delivery[];
  /** Whether there are older deliveries. */
  readonly hasMore: boolean;
  /** The secret of a webhook that was just made. */
  readonly secret: string | null;
  /** Why a channel was not added; each a line. */
  readonly channelFaults: readonly string[];
};

/** Returns the page of one watchlist: what it watches, where it is told, what was sent, and the ways to change all that. */
export function watchlistPage(view: WatchlistView, reading: Reading): string {
  const words = WATCH_WORDS[reading.language];
  const { list, form } = view;
  const path = `/watchlists/${list.id}`;
  return shell(
    `${list.name} – Offing`,
    html`<p class="trail"><a href="/watchlists">${words.watchlists}</a> › ${list.name}</p>
      <article class="one">
        <h1>${list.name}</h1>
        ${filterFacts(list.filter, reading)} ${secretNotice(view.secret, words)}
        <p class="data">
          ${words.data} <a href="/v1${path}">JSON</a>, <a href="/v1${path}/deliveries">${words.deliveries}</a>
        </p>
        ${section('feeds', words.feeds, html`<p>${feedLinks(list.feeds)}</p>`)}
        ${section('channels', words.channels, channels(view, path, words))}
        ${section('deliveries', words.deliveries, deliveries(view, path, words))}
        ${section('change', words.changeTitle, watchForm(path, form, false, reading))}
        ${section('remove', words.removeTitle, removal(path, form.csrf, words))}
      </article>`,
    null,
    reading,
  );
}

function secretNotice(secret: string | null, words: WatchWords): Html | null {
  if (secret === null) return null;
  return html`<p class="notice" role="status">${words.secret} <code>${secret}</code></p>`;
}

/** Returns a form of buttons alone: what they do stands in their names. */
function deeds(action: string, csrf: string | null, buttons: readonly (readonly [string, string])[]): Html {
  return html`<form action="${action}" method="post" class="bare">
    ${csrfField(csrf)}
    ${buttons.map(
      ([deed, label]) =>
        html`<button type="submit" name="deed" value="${deed}" class="plain">${label}</button>`,
    )}
  </form>`;
}

function channels({ list, form, channelFaults }: WatchlistView, path: string, words: WatchWords): Html {
  const known =
    list.channels.length === 0
      ? html`<p>${words.noChannels}</p>`
      : html`<ul class="plain-list">
          ${list.channels.map((channel) => channelItem(channel, path, form.csrf, words))}
        </ul>`;
  const faults =
    channelFaults.length === 0
      ? null
      : html`<div class="notice" role="alert">
          <p>${words.faults}</p>
          <ul>
            ${channelFaults.map((fault) => html`<li>${fault}</li>`)}
          </ul>
        </div>`;
  return html`${known} ${faults}
    <form action="${path}/channels" method="post" class="watch" aria-label="${words.addChannel}">
      ${csrfField(form.csrf)}
      <label
        >${words.kind}<select name="kind">
          ${CHANNEL_KINDS.map((kind) => option(kind, words.kinds[kind], ''))}
        </select></label
      >
      <label>${words.target}<input name="target" required maxlength="2000" autocomplete="off" /></label>
      <label
        >${words.digest}<select name="digest">
          ${DIGESTS.map((digest) => option(digest, words.digests[digest], ''))}
        </select></label
      >
      <button type="submit">${words.add}</button>
    </form>`;
}

function channelItem(channel: Channel, path: string, csrf: string | null, words: WatchWords): Html {
  const isActive = channel.state === 'active';
  const buttons: readonly (readonly [string, string])[] = [
    ...(isActive
      ? ([
          ['test', words.test],
          ['pause', words.pause],
        ] as const)
      : ([['resume', words.resume]] as const)),
    ...(channel.kind === 'webhook' ? ([['secret', words.newSecret]] as const) : []),
    ['remove', words.remove],
  ];
  return html`<li>
    <strong>${words.kinds[channel.kind]}</strong> ${channel.target}
    ${channel.digest === 'none' ? null : html`(${words.digests[channel.digest]})`} –
    ${isActive ? words.active : words.disabled(channel.disabledReason ?? '')}
    ${deeds(`${path}/channels/${channel.id}`, csrf, buttons)}
  </li>`;
}

function deliveries(view: WatchlistView, path: string, words: WatchWords): Html {
  if (view.deliveries.length === 0) return html`<p>${words.noDeliveries}</p>`;
  const heads = [words.when, words.channel, words.what, words.state, words.tries, words.last, ''];
  const more = view.hasMore
    ? html`<p class="note">${words.deliveriesMore(view.deliveries.length)}</p>`
    : null;
  return html`<div class="scroll" role="region" aria-label="${words.deliveries}" tabindex="0">
      <table>
        <thead>
          <tr>
            ${heads.map((head) => (head === '' ? html`<td></td>` : html`<th scope="col">${head}</th>`))}
          </tr>
        </thead>
        <tbody>
          ${view.deliveries.map((delivery) => row(delivery, view, path, words))}
        </tbody>
      </table>
    </div>
    ${more}`;
}

function row(delivery: Delivery, { list, form }: WatchlistView, path: string, words: WatchWords): Html {
  const channel = list.channels.find(({ id }) => id === delivery.channelId);
  const { alertId, version } = delivery;
  const what =
    alertId === null
      ? html`${words.testMessage}`
      : html`<a href="${alertPath(alertId)}">${alertId}</a>, ${version === null ? '' : words.version(version)}`;
  const answer = [delivery.lastStatus, delivery.lastError].filter((part) => part !== null).join(' ');
  return html`<tr>
    <td>${time(delivery.createdAt)}</td>
    <td>${channel === undefined ? '' : words.kinds[channel.kind]}</td>
    <td>${what}</td>
    <td>${words.states[delivery.state]}</td>
    <td class="number">${delivery.attempts}</td>
    <td>${answer}</td>
    <td>
      ${
        channel?.state === 'active'
          ? deeds(`${path}/deliveries/${delivery.id}`, form.csrf, [['replay', words.again]])
          : null
      }
    </td>
  </tr>`;
}

function removal(path: string, csrf: string | null, words: WatchWords): Html {
  return html`<p>${words.removeText}</p>
    ${deeds(`${path}/remove`, csrf, [['remove', words.removeList]])}`;
}
