import { SEVERITIES } from '../schemas/vocabulary.ts';
import type { PublicFacets } from '../schemas/facets.ts';
import { html, type Html } from './html.ts';
import { viewAddress } from './view-address.ts';
import { ruleTitle } from './words.ts';

type Filters = ReadonlyMap<string, string>;

/** A choice of a facet: its words, how many alerts it would show, and where it leads. */
type Choice = {
  readonly words: string;
  readonly count: number;
  readonly isChosen: boolean;
  readonly address: string;
};

type Counted = { readonly value: string; readonly count: number };

/** Choices that are shown before the reader asks for all. */
const SHOWN = 6;

/** Returns the facets of a view: each choice is a link to the view with it, or without it where it is in force. */
export function facetLists(facets: PublicFacets, filters: Filters): Html {
  const chosenTypes = [filters.get('type'), filters.get('rule')].find((text) => text !== undefined);
  const groups = [
    facet('Rule', many('type', facets.rule, new Map([...filters, ['type', chosenTypes ?? '']]), ruleTitle)),
    facet('Severity, at least', severities(facets, filters)),
    facet(
      'Port',
      single('port', facets.port, filters, (port) => port.name, [(port) => port.value, (port) => port.name]),
    ),
    facet('Verdict', many('verdict', facets.verdict, filters)),
    facet(
      'Flag',
      single('flag', facets.flag, filters, ({ value }) => countryName(value), [({ value }) => value]),
    ),
    facet(
      'Link to the DPRK',
      single('nexus', facets.nexus, filters, ({ value }) => (value === 'true' ? 'yes' : 'none known'), [
        ({ value }) => value,
      ]),
    ),
    facet('State', many('state', facets.state, filters)),
  ];
  return html`<div class="facets">${groups.flatMap((group) => (group === null ? [] : [group]))}</div>`;
}

function facet(title: string, choices: readonly Choice[]): Html | null {
  if (choices.length === 0) return null;
  const id = `facet-${title.toLowerCase().replaceAll(/[^a-z]+/g, '-')}`;
  const items = choices.map(choiceItem);
  const rest = items.slice(SHOWN);
  return html`<section class="facet" aria-labelledby="${id}">
    <h3 id="${id}">${title}</h3>
    <ul>
      ${items.slice(0, SHOWN)}
    </ul>
    ${
      rest.length === 0
        ? null
        : html`<details>
            <summary>${rest.length} more</summary>
            <ul>
              ${rest}
            </ul>
          </details>`
    }
  </section>`;
}

function choiceItem({ words, count, isChosen, address }: Choice): Html {
  const number = html`<span class="count">${count.toLocaleString('en')}</span>`;
  return isChosen
    ? html`<li>
        <a href="${address}" aria-current="true"
          >${words}<span class="hidden">, chosen: take it away</span></a
        >
        ${number}
      </li>`
    : html`<li><a href="${address}">${words}</a> ${number}</li>`;
}

/** Several values at once: a choice joins those in force, and leaves them again. */
function many(
  name: 'type' | 'verdict' | 'state',
  counts: readonly Counted[],
  filters: Filters,
  wordsOf: (value: string) => string = (value) => value,
): readonly Choice[] {
  const text = filters.get(name) ?? '';
  const chosen = text === '' ? [] : text.split(',');
  return withChosen(
    counts,
    chosen.filter((value) => value !== 'any'),
  ).map(({ value, count }) => {
    const isChosen = chosen.includes(value);
    const others = chosen.filter((other) => other !== value && other !== 'any');
    const next = isChosen ? others : [...others, value];
    // Where nobody chose, open and closed ones are shown: the first choice is alone.
    const changes = {
      [name]: next.length === 0 ? null : next.join(','),
      ...(name === 'type' ? { rule: null } : {}),
    };
    return { words: wordsOf(value), count, isChosen, address: viewAddress(filters, changes) };
  });
}

/** One value at a time; `namesOf` are what the filter may call it. */
function single<Entry extends Counted>(
  name: 'port' | 'flag' | 'nexus',
  counts: readonly Entry[],
  filters: Filters,
  wordsOf: (entry: Entry) => string,
  namesOf: readonly ((entry: Entry) => string)[],
): readonly Choice[] {
  const chosen = filters.get(name)?.toLowerCase();
  return counts.map((entry) => {
    const isChosen = namesOf.some((of) => of(entry).toLowerCase() === chosen);
    const address = viewAddress(filters, { [name]: isChosen ? null : entry.value });
    return { words: wordsOf(entry), count: entry.count, isChosen, address };
  });
}

/** The least severity wanted: each choice counts itself and all above it. */
function severities({ severity }: PublicFacets, filters: Filters): readonly Choice[] {
  return SEVERITIES.map((least, index) => {
    const wanted: readonly string[] = SEVERITIES.slice(index);
    const count = severity.reduce((sum, one) => sum + (wanted.includes(one.value) ? one.count : 0), 0);
    const isChosen = filters.get('severity') === least;
    return {
      words: least,
      count,
      isChosen,
      address: viewAddress(filters, { severity: isChosen ? null : least }),
    };
  }).filter(({ count, isChosen }) => count > 0 || isChosen);
}

/** A choice in force stays on the page with nothing behind it: it must be possible to take it away. */
function withChosen(counts: readonly Counted[], chosen: readonly string[]): readonly Counted[] {
  const missing = chosen.filter((value) => counts.every((entry) => entry.value !== value));
  return [...counts, ...missing.map((value) => ({ value, count: 0 }))];
}

const COUNTRIES = new Intl.DisplayNames('en', { type: 'region', fallback: 'code' });

function countryName(code: string): string {
  return COUNTRIES.of(code) ?? code;
}
