import { fact } from './facts.ts';
import { html, type Html } from './html.ts';
import type { Reading } from './shell.ts';
import { ruleText } from './words/rule-texts.ts';
import { WATCH_WORDS } from './words/watch-words.ts';
import type { publicWatchlist } from '../shapes/watchlist.ts';

/** A watchlist as its owner sees it. */
export type ShownWatchlist = ReturnType<typeof publicWatchlist>;

/** Returns what a watchlist watches, as facts. */
export function filterFacts(filter: ShownWatchlist['filter'], { language }: Reading): Html {
  const words = WATCH_WORDS[language];
  const { ports, mmsi, imoNumbers, vesselIds, lists, polygons, rules, verdicts } = filter;
  const some = (term: string, values: readonly (string | number)[]) =>
    values.length === 0 ? null : fact(term, html`${values.join(', ')}`);
  const subjects = [ports, mmsi, imoNumbers, vesselIds, lists, polygons];
  const titles = rules.map((id) => ruleText(id, language)?.title ?? id);
  return html`<dl>
    ${subjects.every((one) => one.length === 0) ? fact(words.watches, html`${words.everywhere}`) : null}
    ${some(words.ports, ports)} ${some(words.mmsi, mmsi)} ${some(words.imo, imoNumbers)}
    ${some(words.vessels, vesselIds)} ${some(words.lists, lists)}
    ${polygons.length === 0 ? null : fact(words.polygons.split(/[,，]/)[0], html`${polygons.length}`)}
    ${some(words.rules.split(/ ?[(（]/)[0], titles)} ${some(words.verdicts.split(/ ?[(（]/)[0], verdicts)}
    ${fact(words.severity, html`${filter.minSeverity}`)}
    ${filter.synthetic ? fact('', html`${words.withSynthetic}`) : null}
  </dl>`;
}

/** Returns links to the feeds of a watchlist. */
export function feedLinks({ atom, rss, json }: ShownWatchlist['feeds']): Html {
  return html`<a href="${atom}">Atom</a>, <a href="${rss}">RSS</a>, <a href="${json}">JSON Feed</a>`;
}
