import type { PortFigures } from '../schemas/port-detail.ts';
import { countryName } from './country-name.ts';
import { html, type Html } from './html.ts';
import { weekChart, type WeekSeries } from './week-chart.ts';
import { weekTable } from './week-table.ts';

/** Flags with bars of their own; all others stand together. */
const MOST_FLAGS = 4;

/** Returns the visits to a port by week and flag: in words, as a chart, and as a table. */
export function portVisits(name: string, { visitsPerWeek, heardPerWeek }: PortFigures): Html {
  const note = html`<p class="note">
    A visit is a ship that was seen to stop at a berth of ${name}. Its flag is the country in the first digits
    of its radio number, which a ship sends of itself. A visit that nobody heard is in no bar.
  </p>`;
  if (visitsPerWeek.length === 0)
    return html`${note}
      <p>No visit was observed.</p>`;
  const total = visitsPerWeek.reduce((sum, { visits }) => sum + visits, 0);
  const made = visitsPerWeek.reduce((sum, { synthetic }) => sum + synthetic, 0);
  return html`${note}
    <p>
      ${total} ${total === 1 ? 'visit was' : 'visits were'} observed, the last in the week from
      ${visitsPerWeek[0].week}. ${madeUp(made)}
    </p>
    ${weekChart({
      title: `Visits to ${name} per week`,
      series: seriesOf(visitsPerWeek),
      heard: heardBy(heardPerWeek),
    })}
    ${weekTable(
      'Visits per week',
      ['Visits', 'Ships', 'By flag'],
      visitsPerWeek.map(({ week, visits, vessels, flags }) => [week, visits, vessels, flagWords(flags)]),
    )}`;
}

/** Returns how many of the visits are of made-up ships, or nothing. */
export function madeUp(visits: number): Html | null {
  if (visits === 0) return null;
  return html`<span class="synthetic">${visits} of them synthetic – made-up ships for demonstration</span>`;
}

/** Returns hours heard by week. */
export function heardBy(heardPerWeek: PortFigures['heardPerWeek']): ReadonlyMap<string, number> {
  return new Map(heardPerWeek.map(({ week, hours }) => [week, hours]));
}

type Weeks = PortFigures['visitsPerWeek'];

function seriesOf(weeks: Weeks): readonly WeekSeries[] {
  const totals = new Map<string | null, number>();
  for (const { flags } of weeks)
    for (const { flag, visits } of flags) totals.set(flag, (totals.get(flag) ?? 0) + visits);
  const ranked = [...totals].sort((a, b) => b[1] - a[1]).map(([flag]) => flag);
  const [shown, others] = [ranked.slice(0, MOST_FLAGS), ranked.slice(MOST_FLAGS)];
  const valuesOf = (wanted: readonly (string | null)[]) =>
    new Map(
      weeks.map(({ week, flags }) => [
        week,
        flags.filter(({ flag }) => wanted.includes(flag)).reduce((sum, { visits }) => sum + visits, 0),
      ]),
    );
  const series = shown.map((flag) => ({ name: flagName(flag), values: valuesOf([flag]) }));
  return others.length === 0 ? series : [...series, { name: 'other flags', values: valuesOf(others) }];
}

function flagWords(flags: Weeks[number]['flags']): string {
  return flags.map(({ flag, visits }) => `${flagName(flag)} ${visits}`).join(', ');
}

function flagName(flag: string | null): string {
  return flag === null ? 'flag not known' : countryName(flag);
}
