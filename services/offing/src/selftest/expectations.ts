/** One event that a replay of a labelled scenario must give, or must not. */
export type Expectation = {
  readonly type: string;
  readonly mmsi?: number;
  readonly other_mmsi?: number;
  readonly near_port?: string;
  readonly verdict?: string;
  readonly start?: string;
  readonly start_about?: string;
  readonly end_about?: string;
  readonly duration_h?: number;
  readonly tolerance_h?: number;
  readonly count?: number;
  readonly where?: string;
  readonly before?: string;
};

/** A ship on a made-up list. */
export type ListedShip = {
  readonly list: string;
  readonly imo: number;
  readonly name: string;
  readonly designated_on: string;
  readonly delisted_on: string | null;
};

/** A polygon by its corners, [longitude, latitude], the first not said again. */
export type DrawnZone = { readonly id: string; readonly corners: readonly (readonly [number, number])[] };

/** A labelled scenario. */
export type Scenario = {
  readonly file: string;
  readonly must: readonly Expectation[];
  readonly must_not: readonly Expectation[];
  /** Ships on a made-up list, and polygons by their corners, that the scenario has beside the bundled reference data. */
  readonly listed?: readonly ListedShip[];
  readonly zones?: readonly DrawnZone[];
};

/** What of an event the judgement looks at; the newest version. */
export type JudgedEvent = {
  readonly type: string;
  readonly state: string;
  readonly mmsi: readonly number[];
  readonly openedAt: number;
  readonly closedAt: number | null;
  readonly port: { readonly name: string; readonly country: string } | null;
  readonly verdict: string | null;
  /** When the first version was known, ms. */
  readonly firstKnownAt: number;
};

const HOUR_MS = 3_600_000;

/** Returns whether an event is one that an expectation describes, times within its tolerance. */
export function fits(event: JudgedEvent, expected: Expectation): boolean {
  const tolerance = (expected.tolerance_h ?? 1) * HOUR_MS;
  const near = (at: number, text: string) => Math.abs(at - timeOf(text)) <= tolerance;
  const start = expected.start_about ?? expected.start;
  if (event.type !== expected.type || event.state === 'retracted') return false;
  if (expected.mmsi !== undefined && !event.mmsi.includes(expected.mmsi)) return false;
  if (expected.other_mmsi !== undefined && !event.mmsi.includes(expected.other_mmsi)) return false;
  if (expected.verdict !== undefined && event.verdict !== expected.verdict) return false;
  if (expected.near_port !== undefined && !isNear(event, expected.near_port)) return false;
  if (expected.where !== undefined && !isIn(event, expected.where)) return false;
  if (start !== undefined && !near(event.openedAt, start)) return false;
  if (expected.before !== undefined && event.openedAt >= timeOf(expected.before)) return false;
  if (
    expected.end_about !== undefined &&
    (event.closedAt === null || !near(event.closedAt, expected.end_about))
  )
    return false;
  return expected.duration_h === undefined || lasts(event, expected.duration_h * HOUR_MS, tolerance);
}

function lasts(event: JudgedEvent, durationMs: number, tolerance: number): boolean {
  return event.closedAt !== null && Math.abs(event.closedAt - event.openedAt - durationMs) <= tolerance;
}

function isNear(event: JudgedEvent, port: string): boolean {
  return event.port !== null && event.port.name.toLowerCase() === port.toLowerCase();
}

function isIn(event: JudgedEvent, country: string): boolean {
  return (
    event.port !== null &&
    (event.port.country === country || (country === 'China' && event.port.country === 'CN'))
  );
}

function timeOf(text: string): number {
  const zoned = /(Z|[+-]\d\d:\d\d)$/.test(text)
    ? text
    : `${text.length <= 10 ? `${text}T00:00` : text.replace(' ', 'T')}Z`;
  return Date.parse(zoned.replace(' ', 'T'));
}

/** What the judgement of one scenario says for one rule. */
export type Score = {
  readonly rule: string;
  expected: number;
  found: number;
  falseAlarms: number;
  delaysMs: number[];
  readonly faults: string[];
};

/** Judges what a replay of a scenario gave, for the rules that exist; gaps that are still open are not judged, nor is what was retracted. */
export function judgeScenario(
  scenario: Scenario,
  events: readonly JudgedEvent[],
  scores: Map<string, Score>,
): void {
  const judged = events.filter((event) => event.state !== 'retracted');
  for (const expected of scenario.must) {
    const score = scores.get(expected.type);
    if (score === undefined) continue;
    const matching = judged.filter((event) => fits(event, expected));
    const wanted = expected.count ?? 1;
    score.expected += wanted;
    score.found += Math.min(wanted, matching.length);
    if (matching.length < wanted) score.faults.push(`${scenario.file}: missing ${JSON.stringify(expected)}`);
    for (const event of matching.slice(0, wanted)) score.delaysMs.push(event.firstKnownAt - event.openedAt);
  }
  for (const banned of scenario.must_not) {
    const score = scores.get(banned.type);
    if (score === undefined) continue;
    const wrong = judged.filter(
      (event) => fits(event, banned) && !(event.type === 'transponder-gap' && event.state === 'open'),
    );
    score.falseAlarms += wrong.length;
    for (const event of wrong) score.faults.push(`${scenario.file}: must not give ${JSON.stringify(event)}`);
  }
}
