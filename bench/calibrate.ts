import { writeFile } from 'node:fs/promises';
import { pathToFileURL, fileURLToPath } from 'node:url';
import { distanceM } from '@offing/geo';
import { ruleBook, type EventDraft } from '@offing/rules';
import { Fold } from '@offing/stages';
import { columnsOf, settingOf, type TrackRow } from '@offing/testkit';
import { DAY_MS, HOUR_MS } from '@offing/units';
import { makeSea, SEA_START, type Sea, type SwitchOff } from './sea.ts';

/** A silence longer than the threshold in what was received, what it really was, and what the rule made of it. */
type JudgedGap = {
  /** Whether the ship was switched off soon after its last received position, for five hours of the silence and more. */
  readonly isReal: boolean;
  /** Whether, of what it would have sent in the first six hours, a quarter and more would have been received. */
  readonly isAudible: boolean;
  readonly witnesses: number;
  /** The verdict told at its end; null where nothing stood. */
  readonly verdict: string | null;
  readonly confidence: number;
  readonly doubts: readonly string[];
};

/** How a way to tell silent ships did over some gaps. */
type Score = {
  readonly gaps: number;
  readonly real: number;
  readonly audible: number;
  readonly told: number;
  readonly right: number;
  readonly rightAudible: number;
};

const SEEDS = [11, 12, 13, 14];
const SHIPS = 900;
const DAYS = 9;
/** The first days show the rules how the water is heard; gaps that begin in them are not counted. */
const LEARNING_MS = 3 * DAY_MS;
/** Of the 36 reports of six hours so many make a ship that would have been heard. */
const MISSED_LEAST = 9;
/** A ship that is heard at 40 % of its ten-minute reports is last received up to this long before it switches off. */
const LAST_HEARD_MS = 2 * HOUR_MS;
const THRESHOLD_MS = 6 * HOUR_MS;
const WITNESS_KM = 50;
const PAGE = fileURLToPath(new URL('../docs/calibration.md', import.meta.url));
/** The same figures for the page of the rule. */
const FIGURES = fileURLToPath(new URL('../services/api/data/calibration.json', import.meta.url));

/** Runs the rules over made-up seas and returns every gap of each, judged beside the truth. */
function judgeSeas(): readonly JudgedGap[] {
  return SEEDS.flatMap((seed) => {
    const sea = makeSea({ seed, ships: SHIPS, days: DAYS });
    const gaps = judgeSea(sea);
    const share = Math.round((100 * sea.rows.length) / sea.sent);
    console.log(
      `sea ${seed}: ${sea.rows.length} of ${sea.sent} positions received (${share} %), ${gaps.length} gaps`,
    );
    return gaps;
  });
}

function judgeSea(sea: Sea): JudgedGap[] {
  const told = toldGaps(sea.rows);
  const byShip = new Map<number, TrackRow[]>();
  for (const row of sea.rows) {
    const list = byShip.get(row.mmsi);
    if (list === undefined) byShip.set(row.mmsi, [row]);
    else list.push(row);
  }
  const pieces = hourlyPlaces(sea.rows);
  return [...byShip].flatMap(([mmsi, rows]) =>
    rows.slice(1).flatMap((on, i) => {
      const off = rows[i];
      if (on.at - off.at <= THRESHOLD_MS || off.at < SEA_START + LEARNING_MS) return [];
      const draft = told.get(`${mmsi} ${off.at}`);
      const dark = switchOffOf(sea, off, on);
      const stands = draft !== undefined && draft.change !== 'retracted';
      return [
        {
          isReal: dark !== undefined,
          isAudible: dark !== undefined && dark.missed >= MISSED_LEAST,
          witnesses: witnessesOf(pieces, off, on.at),
          verdict: stands ? draft.verdict : null,
          confidence: stands ? draft.confidence : 0,
          doubts: stands ? (draft.evidence['doubts'] as string[]) : [],
        },
      ];
    }),
  );
}

/** What the gap rule last told of each gap, by MMSI and last position. */
function toldGaps(rows: readonly TrackRow[]): Map<string, EventDraft> {
  const { records, statics } = columnsOf(rows);
  const { events } = new Fold(settingOf({})).process(records, statics, 0, records.length);
  const gaps = events.filter((event) => event.type === 'transponder-gap');
  return new Map(gaps.map((event) => [`${event.vessels[0].mmsi} ${event.openedAt}`, event]));
}

/** The time for which the ship was really switched off; undefined where the silence was none of its making. */
function switchOffOf(sea: Sea, off: TrackRow, on: TrackRow): SwitchOff | undefined {
  return (sea.switchOffs.get(off.mmsi) ?? []).find((dark) => {
    if (dark.inPort || dark.from - off.at > LAST_HEARD_MS) return false;
    return Math.min(dark.to, on.at) - Math.max(dark.from, off.at) >= 5 * HOUR_MS;
  });
}

/** One place of each ship for each hour in which it was received. */
function hourlyPlaces(rows: readonly TrackRow[]): Map<number, Map<number, TrackRow>> {
  const hours = new Map<number, Map<number, TrackRow>>();
  for (const row of rows) {
    const hour = Math.floor(row.at / HOUR_MS);
    const ships = hours.get(hour) ?? new Map<number, TrackRow>();
    if (!ships.has(row.mmsi)) ships.set(row.mmsi, row);
    hours.set(hour, ships);
  }
  return hours;
}

/** Counts the witnesses apart from the rule, so that gaps of which it says nothing are sorted alike. */
function witnessesOf(hours: Map<number, Map<number, TrackRow>>, off: TrackRow, to: number): number {
  const found = new Set<number>();
  for (let hour = Math.ceil(off.at / HOUR_MS); hour < Math.floor(to / HOUR_MS); hour++) {
    for (const [mmsi, row] of hours.get(hour) ?? []) {
      if (mmsi === off.mmsi || row.aisClass !== off.aisClass || found.has(mmsi)) continue;
      const metres = distanceM(off.lon ?? 0, off.lat ?? 0, row.lon ?? 0, row.lat ?? 0);
      if (metres <= WITNESS_KM * 1000) found.add(mmsi);
    }
  }
  return found.size;
}

function scoreOf(gaps: readonly JudgedGap[], isTold: (gap: JudgedGap) => boolean): Score {
  const told = gaps.filter(isTold);
  return {
    gaps: gaps.length,
    real: gaps.filter((gap) => gap.isReal).length,
    audible: gaps.filter((gap) => gap.isAudible).length,
    told: told.length,
    right: told.filter((gap) => gap.isReal).length,
    rightAudible: told.filter((gap) => gap.isAudible).length,
  };
}

function isSilent(gap: JudgedGap): boolean {
  return gap.verdict === 'silent';
}

function percent(part: number, whole: number): string {
  return whole === 0 ? '-' : `${((100 * part) / whole).toFixed(1)} %`;
}

const BUCKETS: readonly (readonly [string, number, number])[] = [
  ['0 to 2', 0, 2],
  ['3 and 4', 3, 4],
  ['5 to 9', 5, 9],
  ['10 to 19', 10, 19],
  ['20 and more', 20, Infinity],
  ['5 and more', 5, Infinity],
  ['any', 0, Infinity],
];

function byWitnesses(gaps: readonly JudgedGap[]): string {
  const rows = BUCKETS.map(([name, least, most]) => {
    const some = gaps.filter(({ witnesses }) => witnesses >= least && witnesses <= most);
    const rule = scoreOf(some, isSilent);
    const plain = scoreOf(some, () => true);
    return `| ${name} | ${rule.gaps} | ${rule.real} | ${rule.told} | ${percent(rule.right, rule.told)} | ${percent(rule.rightAudible, rule.audible)} | ${percent(rule.right, rule.real)} | ${percent(plain.right, plain.told)} | 100 % |`;
  });
  return [
    '| witnesses | gaps | of ships switched off | told `silent` | precision | recall | recall, audible or not | precision of > 6 h alone | recall of > 6 h alone |',
    '|---|---|---|---|---|---|---|---|---|',
    ...rows,
  ].join('\n');
}

function curve(gaps: readonly JudgedGap[]): string {
  const witnessed = gaps.filter(({ witnesses }) => witnesses >= 5);
  const rows = [0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.92, 0.94].map((least) => {
    const isTold = (gap: JudgedGap): boolean => isSilent(gap) && gap.confidence >= least;
    const cells = [gaps, witnessed].map((some) => {
      const score = scoreOf(some, isTold);
      return `${score.told} | ${percent(score.right, score.told)} | ${percent(score.rightAudible, score.audible)}`;
    });
    return `| ${least.toFixed(2)} | ${cells.join(' | ')} |`;
  });
  return [
    '| confidence at least | told | precision | recall | told (5 witnesses and more) | precision | recall |',
    '|---|---|---|---|---|---|---|',
    ...rows,
  ].join('\n');
}

function fates(gaps: readonly JudgedGap[]): string {
  const kinds = ['silent', 'unobserved', null] as const;
  const rows = kinds.map((verdict) => {
    const some = gaps.filter((gap) => gap.verdict === verdict);
    const real = some.filter((gap) => gap.isReal).length;
    return `| ${verdict ?? 'nothing told, or taken back'} | ${some.length} | ${real} | ${some.length - real} |`;
  });
  return [
    '| verdict at the end | gaps | switched off | not switched off |',
    '|---|---|---|---|',
    ...rows,
  ].join('\n');
}

/** Returns the page on how well `silent` can be believed. */
function page(gaps: readonly JudgedGap[]): string {
  return `# Calibration of \`silent\`

<!-- Written by \`npm run calibrate\` (bench/calibrate.ts, bench/sea.ts). Do not edit. -->

How often is a ship that is called \`silent\` really switched off? On real traffic nobody knows. So ${SEEDS.length} seas are made up, others than those on which the settings were chosen, each with
${SHIPS} ships for ${DAYS} days: coasters, ships that come from the ocean, wait on the roads, berth and leave again, and small craft that
fish by day and switch off in harbour by night. What they send, one report in ten minutes, is thinned by what receivers hear: stations 30 to
90 km apart with ranges of 50 to 95 km, transmitters that reach only half as far, a loss of 10 to 40 % of the messages, holes in radio shadow,
outages of stations for 2 to 30 hours and of the whole feed. Of the trading ships seven in ten switch off once, for 7 to 40 hours. The rule sees
only what was received and runs at its default settings. Gaps of the first three days, in which it learns where ships vanish, are not counted.

A gap is any silence of more than six hours between two positions received from one ship: ${gaps.length} in all. It counts as *switched off* when
the transmitter went off within two hours of the last position received and stayed off for five hours of the silence and more; small craft in
harbour do not count. Recall is that of the ships which the receivers would have heard: of the reports that the ship would have sent in its
first six hours of silence a quarter and more would have been received. Nobody can tell that a ship is switched off where it would not have
been heard anyway; the column beside counts those as well. Witnesses are counted apart from the rule: ships of the same class heard within ${WITNESS_KM} km of the last position during the silence.

## By number of witnesses

${byWitnesses(gaps)}

The aim is a precision of 95 % at a recall of 80 % where five witnesses and more are heard. The plain threshold of six hours calls every gap a silent ship.

## Confidence against precision and recall

${curve(gaps)}

## What became of the gaps

${fates(gaps)}

## What this cannot say

The seas are straight coasts with three ports, and the shares of ships that switch off are our own guess: with fewer of them the precision
is lower at the same false-alarm rate. Real reception also changes with the weather, and real ships turn off in ways nobody has modelled.
Read the figures as a comparison with the plain threshold, not as a promise.
`;
}

/** Returns the figures that the page of the rule shows, with what they were measured on. */
function figures(gaps: readonly JudgedGap[]) {
  const rows = BUCKETS.map(([, least, most]) => {
    const some = gaps.filter(({ witnesses }) => witnesses >= least && witnesses <= most);
    const { gaps: all, real, audible, told, right, rightAudible } = scoreOf(some, isSilent);
    const mostWitnesses = Number.isFinite(most) ? most : null;
    return { leastWitnesses: least, mostWitnesses, gaps: all, real, audible, told, right, rightAudible };
  });
  return {
    ranOn: new Date().toISOString().slice(0, 10),
    command: 'npm run calibrate',
    rule: { id: 'transponder-gap', version: ruleBook().find(({ id }) => id === 'transponder-gap')?.version },
    seas: SEEDS.length,
    ships: SHIPS,
    days: DAYS,
    byWitnesses: rows,
  };
}

async function main(): Promise<void> {
  const gaps = judgeSeas();
  console.log(byWitnesses(gaps));
  console.log(curve(gaps));
  console.log(fates(gaps));
  await writeFile(PAGE, page(gaps));
  await writeFile(FIGURES, `${JSON.stringify(figures(gaps), null, 2)}\n`);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) await main();
