import { DAY_MS, HOUR_MS, plainUtc } from '@offing/units';
import { KNOWN_STEP_MS } from '../shapes/track-span.ts';
import { html, type Html } from './html.ts';

/** A speed as received: instant in ms, null where the message did not say. */
export type SpeedPoint = { readonly at: number; readonly sogKn: number | null };

/** What a chart of speed over time shows; instants in ms. */
export type SpeedView = {
  readonly from: number;
  readonly to: number;
  /** The ships, oldest position first, each with its name. */
  readonly ships: readonly { readonly name: string; readonly points: readonly SpeedPoint[] }[];
  /** When nothing was heard; null where the alert is about no silence. */
  readonly gap: { readonly from: number; readonly to: number } | null;
  /** Speeds that the rule compares with. */
  readonly thresholds: readonly { readonly kn: number; readonly words: string }[];
};

const WIDTH = 720;
const HEIGHT = 240;
const LEFT = 44;
const RIGHT = 12;
const TOP = 22;
const BOTTOM = 30;
const LEAST_TOP_KN = 4;
const MOST_DOTS = 150;
const TIME_STEPS_MS = [1, 2, 3, 6, 12, 24, 48, 120, 240, 720, 2_400].map((hours) => hours * HOUR_MS);
const MOST_TIME_TICKS = 7;

/** Returns speed over time as a drawing with words for who cannot see it, or null where no speed was received. */
export function speedChart(view: SpeedView): Html | null {
  const speeds = view.ships.flatMap(({ points }) =>
    points.flatMap(({ sogKn }) => (sogKn === null ? [] : [sogKn])),
  );
  if (speeds.length === 0 || view.to <= view.from) return null;
  const most = Math.max(...speeds);
  const top = Math.max(
    LEAST_TOP_KN,
    Math.ceil(Math.max(most, ...view.thresholds.map(({ kn }) => kn)) / 2) * 2,
  );
  const scale: Scale = {
    x: (at) => rounded(LEFT + ((at - view.from) / (view.to - view.from)) * (WIDTH - LEFT - RIGHT)),
    y: (kn) => rounded(HEIGHT - BOTTOM - (kn / top) * (HEIGHT - TOP - BOTTOM)),
  };
  return html`<figure class="chart">
    <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${inWords(view, most)}">
      ${gapShade(view, scale)} ${speedAxis(top, scale)} ${timeAxis(view, scale)}
      ${view.thresholds.map((threshold) => thresholdLine(threshold, scale))}
      ${view.ships.map(({ points }, index) => shipLine(points, index, scale))}
    </svg>
    <figcaption>${legend(view)}</figcaption>
  </figure>`;
}

type Scale = { readonly x: (at: number) => number; readonly y: (kn: number) => number };

function inWords({ from, to, gap, thresholds }: SpeedView, most: number): string {
  const silence = gap === null ? '' : ` Not heard from ${plainUtc(gap.from)} to ${plainUtc(gap.to)}.`;
  const limits = thresholds.map(({ kn, words }) => ` ${words}: ${kn} kn.`).join('');
  return `Speed over ground from ${plainUtc(from)} to ${plainUtc(to)}, at most ${most} kn.${silence}${limits}`;
}

function gapShade({ gap, from, to }: SpeedView, { x }: Scale): Html | null {
  if (gap === null) return null;
  const left = x(Math.max(from, gap.from));
  const width = rounded(Math.max(1, x(Math.min(to, gap.to)) - left));
  return html`<rect class="gap" x="${left}" y="${TOP}" width="${width}" height="${HEIGHT - TOP - BOTTOM}" />
    <text class="gap-words" x="${left + 4}" y="${TOP + 14}">not heard</text>`;
}

function speedAxis(top: number, { y }: Scale): Html {
  const step = Math.max(1, Math.ceil(top / 5));
  const ticks = Array.from({ length: Math.floor(top / step) + 1 }, (_, i) => i * step);
  return html`<text x="${LEFT - 6}" y="${TOP - 8}" text-anchor="end">kn</text> ${ticks.map(
      (kn) =>
        html`<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(kn)}" y2="${y(kn)}" />
          <text x="${LEFT - 6}" y="${y(kn) + 4}" text-anchor="end">${kn}</text>`,
    )}`;
}

function timeAxis({ from, to }: SpeedView, { x }: Scale): Html {
  const step = TIME_STEPS_MS.find((ms) => (to - from) / ms <= MOST_TIME_TICKS) ?? 100 * DAY_MS;
  const ticks: number[] = [];
  for (let at = Math.ceil(from / step) * step; at <= to && ticks.length < 20; at += step) ticks.push(at);
  return html`${ticks.map((at) => {
    const iso = new Date(at).toISOString();
    const words = step >= DAY_MS ? iso.slice(5, 10) : `${iso.slice(5, 10)} ${iso.slice(11, 16)}`;
    return html`<line
        class="tick"
        x1="${x(at)}"
        x2="${x(at)}"
        y1="${HEIGHT - BOTTOM}"
        y2="${HEIGHT - BOTTOM + 5}"
      />
      <text x="${x(at)}" y="${HEIGHT - BOTTOM + 19}" text-anchor="middle">${words}</text>`;
  })}`;
}

function thresholdLine({ kn, words }: SpeedView['thresholds'][number], { y }: Scale): Html {
  return html`<line class="threshold" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(kn)}" y2="${y(kn)}" />
    <text class="threshold-words" x="${WIDTH - RIGHT - 4}" y="${y(kn) - 5}" text-anchor="end"
      >${words}: ${kn} kn</text
    >`;
}

function shipLine(points: readonly SpeedPoint[], index: number, { x, y }: Scale): Html {
  const told = points.flatMap(({ at, sogKn }) => (sogKn === null ? [] : [{ at, sogKn }]));
  const path = told
    .map(({ at, sogKn }, i) => {
      const isKnown = i > 0 && at - told[i - 1].at <= KNOWN_STEP_MS;
      return `${isKnown ? 'L' : 'M'}${x(at)} ${y(sogKn)}`;
    })
    .join('');
  const dots = told.length > MOST_DOTS ? [] : told;
  return html`<path class="ship ship-${index % 3}" d="${path}" />
    ${dots.map(({ at, sogKn }) => html`<circle class="dot ship-${index % 3}" cx="${x(at)}" cy="${y(sogKn)}" r="2" />`)}`;
}

function legend({ ships, gap }: SpeedView): Html {
  const names = ships.length < 2 ? [] : ships.map(({ name }, i) => `line ${i + 1}: ${name}`);
  const shade = gap === null ? [] : ['shaded: not heard'];
  return html`${['Speed over ground as received, time in UTC', ...names, ...shade].join('; ')}.`;
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}
