import { WEEK_MS, weekName, weekOf } from '../shapes/weeks.ts';
import { html, type Html } from './html.ts';

/** A series of bars, stacked in order: its name, and its value by the Monday of a week. */
export type WeekSeries = { readonly name: string; readonly values: ReadonlyMap<string, number> };

/** What a chart of weeks shows. */
export type WeekChart = {
  /** What the bars count, in words. */
  readonly title: string;
  readonly series: readonly WeekSeries[];
  /** Hours heard by week, of 168: a band below the bars. */
  readonly heard: ReadonlyMap<string, number>;
  /** Instants (ms) that are marked by numbers, in the order of the list below the chart. */
  readonly marks?: readonly number[];
  /** A value to compare with. */
  readonly level?: { readonly value: number; readonly words: string };
};

const WIDTH = 720;
const [LEFT, RIGHT, TOP] = [48, 8, 30];
const BARS = 150;
const BAND_TOP = TOP + BARS + 8;
const BAND = 16;
const HEIGHT = BAND_TOP + BAND + 24;
const WEEK_HOURS = 168;
/** Weeks on a chart: fewer would not be told apart from days, more not from each other. */
const [LEAST_WEEKS, MOST_WEEKS] = [8, 260];
/** Fills that differ without their colours, too; the last is for all others. */
const LOOKS = 5;
const MOST_TICKS = 6;

type Axis = {
  readonly weeks: readonly string[];
  readonly step: number;
  readonly x: (at: number) => number;
};

/** Returns bars by week with a band of what was heard below them, and words for who cannot see it; null without a week. */
export function weekChart(chart: WeekChart): Html | null {
  const axis = axisOf(chart);
  if (axis === null) return null;
  const total = (week: string) => chart.series.reduce((sum, { values }) => sum + (values.get(week) ?? 0), 0);
  const top = niceTop(Math.max(1, chart.level?.value ?? 0, ...axis.weeks.map(total)));
  const y = (value: number) => rounded(TOP + BARS - (value / top) * BARS);
  return html`<figure class="chart week-chart">
    <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${inWords(chart, axis, total)}">
      ${patterns()} ${grid(top, y)} ${axis.weeks.map((week) => bars(chart, axis, week, y))}
      ${levelLine(chart, y)} ${axis.weeks.map((week) => band(chart, axis, week))} ${ticks(axis)}
      ${(chart.marks ?? []).map((at, i) => mark(at, i + 1, axis))}
    </svg>
    <figcaption>${chart.title}. ${legend(chart)}${HEARD_WORDS}</figcaption>
  </figure>`;
}

const HEARD_WORDS =
  'The band below shows how much of each week was heard near the port: full height is every hour, and where there is none nobody could have been seen.';

function axisOf({ series, heard }: WeekChart): Axis | null {
  const known = [...series.flatMap(({ values }) => [...values.keys()]), ...heard.keys()].sort();
  const last = known.at(-1);
  if (last === undefined) return null;
  const spread = Math.round((weekOf(last) - weekOf(known[0])) / WEEK_MS) + 1;
  const count = Math.max(LEAST_WEEKS, Math.min(MOST_WEEKS, spread));
  const first = weekOf(last) - (count - 1) * WEEK_MS;
  const step = (WIDTH - LEFT - RIGHT) / count;
  return {
    weeks: Array.from({ length: count }, (_, i) => weekName(first + i * WEEK_MS)),
    step,
    x: (at) => rounded(LEFT + ((at - first) / WEEK_MS) * step),
  };
}

/** A round number at or above the largest value. */
function niceTop(most: number): number {
  const power = 10 ** Math.floor(Math.log10(most));
  return [1, 2, 4, 5, 10].map((factor) => factor * power).find((top) => top >= most) ?? 10 * power;
}

function bars({ series }: WeekChart, axis: Axis, week: string, y: (value: number) => number): Html {
  let below = 0;
  const parts = series.map(({ name, values }, i) => {
    const value = values.get(week) ?? 0;
    if (value === 0) return html``;
    const [from, to] = [y(below), y(below + value)];
    below += value;
    return html`<rect
      class="look-${Math.min(i, LOOKS - 1)}"
      x="${axis.x(weekOf(week))}"
      y="${to}"
      width="${widthOf(axis)}"
      height="${rounded(from - to)}"
    >
      <title>Week from ${week}, ${name}: ${value}</title>
    </rect>`;
  });
  return html`${parts}`;
}

function widthOf({ step }: Axis): number {
  return rounded(Math.max(1, step > 6 ? step - 2 : step));
}

function band({ heard }: WeekChart, axis: Axis, week: string): Html {
  const hours = heard.get(week) ?? 0;
  if (hours === 0) return html``;
  const height = rounded(BAND * Math.min(1, hours / WEEK_HOURS));
  const [x, top] = [axis.x(weekOf(week)), rounded(BAND_TOP + BAND - height)];
  return html`<rect
    class="heard"
    x="${x}"
    y="${top}"
    width="${rounded(Math.max(1, axis.step))}"
    height="${height}"
  >
    <title>Week from ${week}: heard in ${hours} of ${WEEK_HOURS} hours</title>
  </rect>`;
}

function grid(top: number, y: (value: number) => number): Html {
  const lines = (top === 1 ? [0, 1] : [0, top / 2, top]).map(
    (value) =>
      html`<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(value)}" y2="${y(value)}" />
        <text x="${LEFT - 6}" y="${y(value) + 4}" text-anchor="end">${value}</text>`,
  );
  return html`${lines}<rect
      class="band"
      x="${LEFT}"
      y="${BAND_TOP}"
      width="${WIDTH - LEFT - RIGHT}"
      height="${BAND}"
    /><text x="${LEFT - 6}" y="${BAND_TOP + BAND - 4}" text-anchor="end">heard</text>`;
}

function levelLine({ level }: WeekChart, y: (value: number) => number): Html | null {
  if (level === undefined) return null;
  const at = y(level.value);
  return html`<line class="threshold" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${at}" y2="${at}" />
    <text class="threshold-words" x="${WIDTH - RIGHT}" y="${TOP - 14}" text-anchor="end"
      >– – ${level.words}</text
    >`;
}

function ticks({ weeks, x }: Axis): Html {
  const every = Math.ceil(weeks.length / MOST_TICKS);
  const shown = weeks.filter((_, i) => i % every === 0);
  return html`${shown.map(
    (week) =>
      html`<line
          class="tick"
          x1="${x(weekOf(week))}"
          x2="${x(weekOf(week))}"
          y1="${BAND_TOP + BAND}"
          y2="${BAND_TOP + BAND + 4}"
        />
        <text x="${x(weekOf(week))}" y="${HEIGHT - 6}">${week}</text>`,
  )}`;
}

/** What lies outside the weeks shown is in the list below the chart all the same. */
function mark(at: number, number: number, { weeks, x }: Axis): Html {
  if (at < weekOf(weeks[0]) || at >= weekOf(weeks[weeks.length - 1]) + WEEK_MS) return html``;
  return html`<line class="ban" x1="${x(at)}" x2="${x(at)}" y1="${TOP - 8}" y2="${BAND_TOP + BAND}" />
    <text class="ban-words" x="${x(at)}" y="${TOP - 12}" text-anchor="middle">${number}</text>`;
}

/** Stripes and dots: the series must differ without colour, too. */
function patterns(): Html {
  return html`<defs>
    <pattern id="look-1" width="6" height="6" patternUnits="userSpaceOnUse">
      <rect class="ground-1" width="6" height="6" />
      <path class="stroke" d="M0 6L6 0" />
    </pattern>
    <pattern id="look-2" width="6" height="6" patternUnits="userSpaceOnUse">
      <rect class="ground-2" width="6" height="6" />
      <circle class="spot" cx="3" cy="3" r="1.4" />
    </pattern>
    <pattern id="look-3" width="5" height="5" patternUnits="userSpaceOnUse">
      <rect class="ground-3" width="5" height="5" />
      <path class="stroke" d="M0 2.5H5" />
    </pattern>
  </defs>`;
}

function legend({ series }: WeekChart): Html | null {
  if (series.length < 2) return null;
  const entries = series.map(
    ({ name }, i) =>
      html`<span class="key"
        ><svg width="16" height="12" aria-hidden="true">
          <rect class="look-${Math.min(i, LOOKS - 1)}" x="0.5" y="0.5" width="15" height="11" /></svg
        >${name}</span
      > `,
  );
  return html`<span class="keys">${entries}</span>`;
}

function inWords({ title, series }: WeekChart, { weeks }: Axis, total: (week: string) => number): string {
  const sums = weeks.map(total);
  const most = Math.max(...sums);
  const busiest = weeks[sums.indexOf(most)];
  const names = series.length < 2 ? '' : ` By ${series.map(({ name }) => name).join(', ')}.`;
  return `${title}, weeks from ${weeks[0]} to ${weeks[weeks.length - 1]}. At most ${most}, in the week from ${busiest}.${names} The same stands in the table below.`;
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}
