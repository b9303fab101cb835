import { circle, fitted, rectangle, wrapped, type Canvas, type Outline } from '@offing/picture';
import type { Severity } from '@offing/rules';
import { plainUtc } from '@offing/units';
import { ALERT_WORDS } from '../page/words/alert-words.ts';
import { ruleTitle } from '../page/words.ts';
import type { PublicAlert } from '../schemas/event.ts';
import { fonts, PAINTS, SEVERITY_PAINTS, write } from './brushes.ts';
import type { PaperBox } from './projection.ts';

const WORDS = ALERT_WORDS.en;

const SENTENCE_SIZES = [31, 28, 25, 22, 19];
const SENTENCE_LINE = 1.32;
const SMALL = 17;
const SMALL_LINE = 24;

/** Writes what an alert says beside its map: severity, rule, sentence, facts, and whether it is made up or withdrawn. */
export function drawWords(
  canvas: Canvas,
  alert: PublicAlert,
  box: PaperBox,
  foot: { readonly reach: string | null; readonly address: string },
): void {
  const { left, right, top, bottom } = box;
  const { regular, bold } = fonts();
  const paint = SEVERITY_PAINTS[alert.severity];
  canvas.fill(severityShape(alert.severity, left, top + 2, 22), paint);
  write(canvas, alert.severity, left + 32, top + 21, { font: bold, size: 21, paint });
  const after = left + 32 + bold.width(alert.severity, 21) + 16;
  write(canvas, ruleTitle(alert.type), after, top + 21, { font: regular, size: 21, paint: PAINTS.soft });
  const below = drawBanners(canvas, alert, { ...box, top: top + 42 });
  const facts = factLines(alert, foot.reach).flatMap((line) => wrapped(regular, line, SMALL, right - left));
  const footTop = bottom - 22;
  const factsTop = footTop - 14 - facts.length * SMALL_LINE;
  const room = { width: right - left, height: factsTop - 18 - below, lineHeight: SENTENCE_LINE };
  const sentence = fitted(bold, alert.sentence, SENTENCE_SIZES, room);
  sentence.lines.forEach((line, i) => {
    const y = below + sentence.size * (1 + SENTENCE_LINE * i);
    write(canvas, line, left, y, { font: bold, size: sentence.size, paint: PAINTS.ink });
  });
  facts.forEach((line, i) => {
    const y = factsTop + SMALL_LINE * i + SMALL;
    write(canvas, line, left, y, { font: regular, size: SMALL, paint: PAINTS.ink });
  });
  canvas.fill([rectangle(left, footTop - 8, right - left, 1)], PAINTS.line);
  const last = fitted(regular, `Offing · ${foot.address}`, [15, 13, 11], {
    width: right - left,
    height: 22,
    lineHeight: 1,
  });
  write(canvas, last.lines[0] ?? '', left, footTop + 16, {
    font: regular,
    size: last.size,
    paint: PAINTS.soft,
  });
}

/** Marks what must not be overlooked; returns where the room below begins. */
function drawBanners(canvas: Canvas, alert: PublicAlert, { left, right, top }: PaperBox): number {
  const { bold, regular } = fonts();
  let y = top;
  if (alert.synthetic) {
    canvas.fill([rectangle(left, y, right - left, 34)], PAINTS.madePaper);
    canvas.fill([rectangle(left, y, 6, 34)], PAINTS.madeInk);
    write(canvas, 'SYNTHETIC', left + 18, y + 23, { font: bold, size: 18, paint: PAINTS.madeInk });
    const x = left + 18 + bold.width('SYNTHETIC', 18) + 10;
    write(canvas, 'made-up ships for demonstration', x, y + 23, {
      font: regular,
      size: 16,
      paint: PAINTS.madeInk,
    });
    y += 46;
  }
  if (alert.state === 'retracted') {
    canvas.fill([rectangle(left, y, right - left, 34)], PAINTS.ink);
    write(canvas, 'WITHDRAWN', left + 18, y + 23, { font: bold, size: 18, paint: PAINTS.white });
    y += 46;
  }
  return y + 4;
}

function factLines(alert: PublicAlert, reach: string | null): readonly string[] {
  const verdict =
    alert.verdict === null ? [] : [`Verdict: ${WORDS.verdicts[alert.verdict] ?? alert.verdict}`];
  const ended = alert.closedAt === null ? '' : ` – ${plainUtc(Date.parse(alert.closedAt))}`;
  const reason = alert.state === 'retracted' && alert.reason !== null ? [`Withdrawn: ${alert.reason}`] : [];
  return [
    ...reason,
    `${plainUtc(Date.parse(alert.openedAt))}${ended}`,
    ...verdict,
    `Confidence ${Math.round(alert.confidence * 100)} %, ${WORDS.states[alert.state]}, version ${alert.version}`,
    ...(reach === null ? [] : [reach]),
    'Apparent, by what ships send of themselves; other explanations stand on its page.',
  ];
}

/** The shapes of the pages: more corners is more. */
const SHAPES: Readonly<Record<Severity, readonly number[] | null>> = {
  info: null,
  low: [2.5, 5, 8, 13.5, 13.5, 5],
  medium: [2.5, 2.5, 13.5, 2.5, 13.5, 13.5, 2.5, 13.5],
  high: [8, 1.5, 15.5, 14.5, 0.5, 14.5],
  critical: [5, 0.8, 11, 0.8, 15.2, 5, 15.2, 11, 11, 15.2, 5, 15.2, 0.8, 11, 0.8, 5],
};

function severityShape(severity: Severity, left: number, top: number, size: number): readonly Outline[] {
  const corners = SHAPES[severity];
  if (corners === null) return [circle(left + size / 2, top + size / 2, size * 0.34)];
  const unit = size / 16;
  return [corners.map((value, i) => value * unit + (i % 2 === 0 ? left : top))];
}
