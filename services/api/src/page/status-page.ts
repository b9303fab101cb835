import type { PublicFeed } from '../schemas/feed.ts';
import type { PublicListSources } from '../schemas/list-source.ts';
import { time } from './facts.ts';
import { html, type Html } from './html.ts';
import { shell } from './shell.ts';

/** What the status page shows. */
export type StatusView = {
  readonly feeds: readonly PublicFeed[];
  /** The instant up to which everything was judged, ISO 8601; null before the first position. */
  readonly watermark: string | null;
  /** Records refused, by code. */
  readonly rejected: Readonly<Record<string, number>>;
  /** Lists of ships that are fetched, and list files that changed nothing. */
  readonly lists: PublicListSources;
};

const NUMBERS = new Intl.NumberFormat('en');

/** Returns the page that tells what was heard and what was refused, so that silence does not read as safety. */
export function statusPage(view: StatusView): string {
  return shell(
    'Status – Offing',
    html`<h1>Status</h1>
      <p class="lead">
        What was heard, from when to when, and what was refused. Where nothing was heard nothing can be told:
        a quiet place on this site is not a safe one.
      </p>
      <p>
        ${
          view.watermark === null
            ? 'No position was read yet, so nothing was judged.'
            : html`Everything is judged up to ${time(view.watermark)}, in the time of the positions.`
        }
      </p>
      <section aria-labelledby="feeds">
        <h2 id="feeds">Feeds</h2>
        ${view.feeds.length === 0 ? noFeeds() : feedTable(view.feeds)}
      </section>
      <section aria-labelledby="refused">
        <h2 id="refused">Refused</h2>
        ${refused(view.rejected)}
      </section>
      <section aria-labelledby="lists">
        <h2 id="lists">Lists of ships</h2>
        ${lists(view.lists)}
      </section>
      <p class="data">
        This page as data: <a href="/v1/feeds">feeds</a>, <a href="/v1/designations/sources">lists</a>. Is it
        ready: <a href="/readyz">JSON</a>.
      </p>`,
  );
}

function noFeeds(): Html {
  return html`<p class="empty">
    No feed was read yet. Replay a recording with <code>npx offing replay FILE</code>.
  </p>`;
}

function feedTable(feeds: readonly PublicFeed[]): Html {
  return html`<div class="scroll" role="region" aria-label="Table of feeds" tabindex="0">
      <table>
        <thead>
          <tr>
            <th scope="col">Feed</th>
            <th scope="col" class="number">Vessels</th>
            <th scope="col" class="number">Positions</th>
            <th scope="col">First position</th>
            <th scope="col">Last position</th>
            <th scope="col">Terms of use</th>
          </tr>
        </thead>
        <tbody>
          ${feeds.map(feedRow)}
        </tbody>
      </table>
    </div>
    <p class="note">A vessel heard on several feeds counts for each.</p>`;
}

function feedRow(feed: PublicFeed): Html {
  return html`<tr>
    <th scope="row">
      ${feed.name}${feed.synthetic ? html` <span class="synthetic">synthetic</span>` : null}
    </th>
    <td class="number">${NUMBERS.format(feed.vessels)}</td>
    <td class="number">${NUMBERS.format(feed.positions)}</td>
    <td>${feed.firstAt === null ? 'nothing heard' : time(feed.firstAt)}</td>
    <td>${feed.lastAt === null ? 'nothing heard' : time(feed.lastAt)}</td>
    <td>${feed.terms ?? 'not recorded'}</td>
  </tr>`;
}

function refused(rejected: Readonly<Record<string, number>>): Html {
  const codes = Object.entries(rejected).sort((a, b) => b[1] - a[1]);
  if (codes.length === 0) return html`<p>Nothing was refused.</p>`;
  return html`<p>Records that could not be used, by reason, over all readings. A sample of each is kept.</p>
    <table>
      <thead>
        <tr>
          <th scope="col">Reason</th>
          <th scope="col" class="number">Records</th>
        </tr>
      </thead>
      <tbody>
        ${codes.map(
          ([code, count]) =>
            html`<tr>
              <th scope="row"><code>${code}</code></th>
              <td class="number">${NUMBERS.format(count)}</td>
            </tr>`,
        )}
      </tbody>
    </table>`;
}

function lists({ sources, refusals }: PublicListSources): Html {
  return html`${
    sources.length === 0
      ? html`<p>No list is fetched; those in use were bundled or imported by hand.</p>`
      : sourceTable(sources)
  }
  ${refusals.length === 0 ? html`<p>No list file was refused.</p>` : refusalTable(refusals)}`;
}

const OUTCOMES: Readonly<Record<string, string>> = {
  taken: 'taken in',
  same: 'as before',
  refused: 'refused, the list before it stays in use',
  failed: 'could not be had, the list before it stays in use',
};

function sourceTable(sources: PublicListSources['sources']): Html {
  return html`<div class="scroll" role="region" aria-label="Lists that are fetched" tabindex="0">
    <table>
      <thead>
        <tr>
          <th scope="col">Address</th>
          <th scope="col">Last try</th>
          <th scope="col">What came of it</th>
          <th scope="col">Last taken in or found as before</th>
        </tr>
      </thead>
      <tbody>
        ${sources.map(
          ({ url, checkedAt, outcome, takenAt }) =>
            html`<tr>
              <th scope="row">${url}</th>
              <td>${time(checkedAt)}</td>
              <td>${OUTCOMES[outcome] ?? outcome}</td>
              <td>${takenAt === null ? 'never' : time(takenAt)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function refusalTable(refusals: PublicListSources['refusals']): Html {
  return html`<p>Files that changed nothing, the newest first:</p>
    <div class="scroll" role="region" aria-label="List files that were refused" tabindex="0">
      <table>
        <thead>
          <tr>
            <th scope="col">File</th>
            <th scope="col">When</th>
            <th scope="col">Why</th>
          </tr>
        </thead>
        <tbody>
          ${refusals.map(
            ({ files, at, why, code }) =>
              html`<tr>
                <th scope="row">${files.join(', ')}</th>
                <td>${time(at)}</td>
                <td>${why} <code>${code}</code></td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
}
