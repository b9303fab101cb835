import { DAY_MS, plainUtc } from '@offing/units';
import { html, type Html } from './html.ts';

/** A bar of a timeline: what it stands for, from when to when (ms), and where it leads, if anywhere. */
export type TimelineBar = {
  readonly from: number;
  readonly to: number;
  readonly words: string;
  readonly href?: string;
  readonly look: 'heard' | 'event' | 'identity';
};

/** A lane of a timeline with its name. */
export type TimelineLane = { readonly name: string; readonly bars: readonly TimelineBar[] };

const WIDTH = 900;
const LEFT = 190;
const RIGHT = 10;
const LANE = 26;
const TOP = 8;
const AXIS = 26;
const TICKS = 5;
/** Nothing is narrower: a moment must be seen and hit. */
const LEAST_WIDTH = 4;
/** Rough width of a letter at the size of labels. */
const LETTER = 6.6;
const MOST_BARS = 60;

/** Returns lanes over one axis of time, or null where there is no time to show. What it shows stands in lists beside it, too. */
export function timeline(lanes: readonly TimelineLane[]): Html | null {
  const bars = lanes.flatMap((lane) => lane.bars);
  const from = Math.min(...bars.map((bar) => bar.from));
  const to = Math.max(...bars.map((bar) => bar.to));
  if (bars.length === 0 || !(to > from)) return null;
  const x = (at: number) =>
    Math.round(10 * (LEFT + ((at - from) / (to - from)) * (WIDTH - LEFT - RIGHT))) / 10;
  const height = TOP + lanes.length * LANE + AXIS;
  return html`<figure class="timeline">
    <div class="scroll" role="region" aria-label="Timeline" tabindex="0">
      <svg viewBox="0 0 ${WIDTH} ${height}" role="group" aria-label="${inWords(lanes, from, to)}">
        ${lanes.map((lane, index) => laneOf(lane, TOP + index * LANE, x))} ${axis(from, to, height - AXIS, x)}
      </svg>
    </div>
    <figcaption>One axis of time for all lanes, in UTC. Bars of events lead to their alerts.</figcaption>
  </figure>`;
}

function inWords(lanes: readonly TimelineLane[], from: number, to: number): string {
  const counts = lanes.map(({ name, bars }) => `${name}: ${bars.length}`);
  return `Timeline from ${plainUtc(from)} to ${plainUtc(to)}. ${counts.join(', ')}.`;
}

function laneOf({ name, bars }: TimelineLane, top: number, x: (at: number) => number): Html {
  const shown = bars.slice(0, MOST_BARS);
  return html`<line class="grid" x1="0" x2="${WIDTH}" y1="${top + LANE - 2}" y2="${top + LANE - 2}" />
    <text x="0" y="${top + 16}">${name}</text>
    ${shown.map((bar) => barOf(bar, top, x))}`;
}

function barOf({ from, to, words, href, look }: TimelineBar, top: number, x: (at: number) => number): Html {
  const left = x(from);
  const width = Math.max(LEAST_WIDTH, Math.round(10 * (x(to) - left)) / 10);
  const label =
    look === 'identity' && words.length * LETTER < width
      ? html`<text class="label" x="${left + 4}" y="${top + 15}">${words}</text>`
      : null;
  const span = `${words}, ${plainUtc(from)} to ${plainUtc(to)}`;
  const bar = html`<rect class="${look}" x="${left}" y="${top + 3}" width="${width}" height="${LANE - 9}">
      <title>${span}</title></rect
    >${label}`;
  return href === undefined ? bar : html`<a href="${href}" aria-label="${span}">${bar}</a>`;
}

function axis(from: number, to: number, top: number, x: (at: number) => number): Html {
  const isLong = to - from > 5 * DAY_MS;
  const ticks = Array.from({ length: TICKS }, (_, i) => from + ((to - from) * i) / (TICKS - 1));
  return html`${ticks.map((at, i) => {
    const anchor = i === 0 ? 'start' : i === TICKS - 1 ? 'end' : 'middle';
    const words = isLong ? plainUtc(at).slice(0, 10) : plainUtc(at).slice(5, 16);
    return html`<line class="tick" x1="${x(at)}" x2="${x(at)}" y1="${top}" y2="${top + 5}" />
      <text x="${x(at)}" y="${top + 20}" text-anchor="${anchor}">${words}</text>`;
  })}`;
}
