import { binStart, nextBin } from '@offing/store';
import type { PublicFacets } from '../schemas/facets.ts';
import { html, type Html } from './html.ts';
import { viewAddress } from './view-address.ts';

const WIDTH = 720;
const HEIGHT = 120;
const TOP = 16;
const BOTTOM = 24;
const MOST_TICKS = 7;
/** More bars than this could not be told apart; the last ones are drawn. */
const MOST_BARS = 360;

type Histogram = PublicFacets['histogram'];
type Bar = { readonly start: number; readonly from: string; readonly to: string; readonly count: number };

/**
 * Returns when alerts began as bars, each a link to its interval; null where nothing began. A script may let the reader drag
 * over it: each bar says in `data-from` and `data-to` which interval it stands for.
 */
export function histogramFigure(histogram: Histogram, filters: ReadonlyMap<string, string>): Html | null {
  const bars = barsOf(histogram);
  if (bars.length === 0) return null;
  const most = Math.max(...bars.map(({ count }) => count));
  const width = WIDTH / bars.length;
  const interval = filters.has('from') || filters.has('to');
  const wider = interval
    ? html` <a href="${viewAddress(filters, { from: null, to: null })}">Show all times</a>`
    : null;
  return html`<figure class="histogram" id="histogram" data-unit="${histogram.unit}">
    <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="group" aria-label="${inWords(histogram, bars, most)}">
      <line class="grid" x1="0" x2="${WIDTH}" y1="${HEIGHT - BOTTOM}" y2="${HEIGHT - BOTTOM}" />
      <text x="0" y="11">${most.toLocaleString('en')}</text>
      ${bars.map((bar, index) => barOf(bar, index * width, width, most, histogram.unit, filters))}
      ${ticksOf(bars, width, histogram.unit)}
    </svg>
    <figcaption>
      Alerts by the ${histogram.unit} in which they began (UTC). Choose a bar to see its
      ${histogram.unit}.${beforeWords(histogram)}${wider}
    </figcaption>
  </figure>`;
}

/** Every bin of the interval, empty ones, too. */
function barsOf({ unit, bins }: Histogram): readonly Bar[] {
  if (bins.length === 0) return [];
  const known = new Map(bins.map((bin) => [binStart(unit, Date.parse(bin.from)), bin]));
  const last = binStart(unit, Date.parse(bins[bins.length - 1].from));
  const bars: Bar[] = [];
  for (let start = firstStart(unit, bins); start <= last; start = nextBin(unit, start)) {
    const bin = known.get(start);
    bars.push({
      start,
      from: bin?.from ?? '',
      to: bin?.to ?? '',
      count: bin?.count ?? 0,
    });
  }
  return bars;
}

function firstStart(unit: Histogram['unit'], bins: Histogram['bins']): number {
  const starts = bins.map(({ from }) => binStart(unit, Date.parse(from)));
  const last = starts[starts.length - 1];
  const reach = { hour: 3_600_000, day: 86_400_000, week: 7 * 86_400_000, month: 31 * 86_400_000 }[unit];
  return starts.find((start) => last - start < MOST_BARS * reach) ?? last;
}

function barOf(
  bar: Bar,
  x: number,
  width: number,
  most: number,
  unit: Histogram['unit'],
  filters: ReadonlyMap<string, string>,
): Html {
  if (bar.count === 0) return html``;
  const room = HEIGHT - TOP - BOTTOM;
  // The smallest count must be seen beside the greatest.
  const height = rounded(Math.max(2, (bar.count / most) * room));
  const drawn = rounded(Math.max(0.6, Math.min(width * 0.84, 40)));
  const left = rounded(x + (width - drawn) / 2);
  const words = `${binWords(unit, bar.start)}: ${bar.count.toLocaleString('en')}`;
  return html`<a
    href="${viewAddress(filters, spanOf(bar))}"
    aria-label="${words}"
    data-from="${bar.from}"
    data-to="${bar.to}"
    ><title>${words}</title
    ><rect class="room" x="${rounded(x)}" y="${TOP}" width="${rounded(width)}" height="${room}" /><rect
      class="bar"
      x="${left}"
      y="${rounded(HEIGHT - BOTTOM - height)}"
      width="${drawn}"
      height="${height}"
  /></a>`;
}

/** Whole days are told as days: they are shorter to read and to cite. */
function spanOf({ from, to }: Bar): { readonly from: string; readonly to: string } {
  return {
    from: from.endsWith('T00:00:00Z') ? from.slice(0, 10) : from,
    to: to.endsWith('T23:59:59.999Z') ? to.slice(0, 10) : to,
  };
}

function ticksOf(bars: readonly Bar[], width: number, unit: Histogram['unit']): Html {
  const step = Math.ceil(bars.length / MOST_TICKS);
  return html`${bars.flatMap(({ start }, index) => {
    if (index % step !== 0) return [];
    const x = rounded((index + 0.5) * width);
    const end = x > WIDTH - 40 ? 'end' : x < 40 ? 'start' : 'middle';
    const at = end === 'end' ? WIDTH : end === 'start' ? 0 : x;
    return [html`<text x="${at}" y="${HEIGHT - 7}" text-anchor="${end}">${binWords(unit, start)}</text>`];
  })}`;
}

function binWords(unit: Histogram['unit'], start: number): string {
  const iso = new Date(start).toISOString();
  switch (unit) {
    case 'hour':
      return `${iso.slice(5, 10)} ${iso.slice(11, 13)}h`;
    case 'day':
      return iso.slice(0, 10);
    case 'week':
      return `week of ${iso.slice(0, 10)}`;
    case 'month':
      return iso.slice(0, 7);
  }
}

function beforeWords({ before, unit }: Histogram): string {
  if (before === 0) return '';
  return ` ${before.toLocaleString('en')} more had begun before the first ${unit} and lasted into this time.`;
}

function inWords({ unit }: Histogram, bars: readonly Bar[], most: number): string {
  const first = binWords(unit, bars[0].start);
  const last = binWords(unit, bars[bars.length - 1].start);
  return `Alerts that began by ${unit}, from ${first} to ${last}, at most ${most} in one ${unit}.`;
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
