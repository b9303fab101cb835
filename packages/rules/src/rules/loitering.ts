import { HOUR_MS, METRES_PER_NAUTICAL_MILE } from '@offing/units';
import { Type, type Static } from 'typebox';
import type { EventChange, EventDraft } from '../event.ts';
import { eventVessel, rounded, slowFixEvidence } from '../evidence.ts';
import { nexusOf } from '../nexus.ts';
import { numberParam, parseParams } from '../params.ts';
import { beginStay, extendStay, followsStay, legKn, lengthOf, placeOf, type Stay } from '../place/stay.ts';
import { isAtWork, mayBeTrader } from '../place/working.ts';
import type { Reaction, Rule, Surroundings } from '../rule.ts';
import type { HourSummary, Signal, SlowFix, VesselView } from '../signal.ts';

const ID = 'loitering';
const VERSION = 1;

const schema = Type.Object({
  slowKn: numberParam(2, 0.1, 10, 'Hourly mean speed below this is slow; kn [GFW loitering].'),
  leastH: numberParam(8, 1, 720, 'The slow hours last at least this long together; hours [detections.md].'),
  shoreNm: numberParam(20, 5, 200, 'At least this far from every shore; nautical miles [GFW loitering].'),
  roadsKm: numberParam(
    5,
    0,
    50,
    'Nearer than this to an anchorage point a ship lies on the roads of a port, however far from shore; km [ours].',
  ),
  silenceH: numberParam(
    6,
    0.5,
    24,
    'A silence longer than this, outages of the feed left out, ends it; hours [the gap threshold].',
  ),
});

/** Parameters of the rule; units are in the names. */
export type LoiteringParams = Static<typeof schema>;

type Told = { readonly told: boolean; readonly nextTellH: number };

/** What the rule remembers of a ship far off shore. */
export type LoiteringState = {
  readonly stay: (Stay & Told) | null;
  /** Since when it is slow, in an hour that was not slow as a whole. */
  readonly slowSince: SlowFix | null;
};

/** Returns the rule on ships that are slow for long far from any port; a RangeError lists faulty parameters. */
export function loitering(given: Readonly<Record<string, unknown>> = {}): Rule<LoiteringState> {
  const params = parseParams(ID, schema, given);
  return {
    id: ID,
    version: VERSION,
    docs,
    paramsSchema: schema,
    params,
    signals: ['offshore', 'silent', 'wake'],
    react: (state, signal, vessel, around) => react({ params, vessel, around }, state, signal),
  };
}

type Scene = { readonly params: LoiteringParams; readonly vessel: VesselView; readonly around: Surroundings };

function react(scene: Scene, state: LoiteringState | undefined, signal: Signal): Reaction<LoiteringState> {
  switch (signal.kind) {
    case 'silent':
      return afterSilence(scene, state, signal.off.at, signal.at);
    case 'wake':
      return afterSilence(scene, state, signal.lastFix.at, signal.at);
    case 'offshore':
      return afterHour(scene, state, signal.hour, signal.at);
    default:
      return { state };
  }
}

/** A silence ends the stay, unless the feed was out meanwhile: then the ship gets the rest of its time to be heard again. */
function afterSilence(
  scene: Scene,
  state: LoiteringState | undefined,
  lastAt: number,
  at: number,
): Reaction<LoiteringState> {
  if (state?.stay == null) return { state: undefined };
  const restMs = scene.params.silenceH * HOUR_MS - silenceMs(scene, lastAt, at);
  if (restMs >= 0) return { state, wakeAt: at + restMs + 1 };
  return { state: undefined, events: close(scene, state.stay, at, 'silence') };
}

/** Time without a position that is not the feed's, ms. */
function silenceMs({ around, vessel }: Scene, from: number, to: number): number {
  return around.outages.upMs(vessel.feed, from, to);
}

function afterHour(
  scene: Scene,
  state: LoiteringState | undefined,
  hour: HourSummary,
  at: number,
): Reaction<LoiteringState> {
  const { params } = scene;
  const stay = state?.stay ?? null;
  if (isOtherwiseSlow(scene, hour, at)) return { state: undefined, events: takeBack(scene, stay, at) };
  const meanKn = hour.meanSogKn ?? (stay === null ? null : legKn(stay, hour));
  if (meanKn === null) return { state };
  if (!isOffing(scene, hour)) return { state: undefined, events: close(scene, stay, at, 'nearer to shore') };
  if (meanKn >= params.slowKn) return afterFastHour(scene, stay, hour, at);
  const goesOn =
    stay !== null &&
    silenceMs(scene, stay.last.at, hour.first.at) <= params.silenceH * HOUR_MS &&
    followsStay({ slowKn: params.slowKn, shiftH: 0, shiftKm: 0 }, stay, hour);
  if (goesOn) return tell(scene, extendStay(stay, hour, meanKn, false, false), at, []);
  const since = state?.slowSince ?? null;
  const began = beginStay(hour, meanKn, false, hasJustBegun(since, hour) ? since : null);
  const next = { ...began, told: false, nextTellH: params.leastH * 2 };
  return tell(scene, next, at, close(scene, stay, at, 'moved'));
}

function hasJustBegun(since: SlowFix | null, hour: HourSummary): boolean {
  return since !== null && hour.first.at - since.at <= 2 * HOUR_MS;
}

/** Fishing gear at work, other craft whose work is slow, and small craft without a link: none of them loiters. */
function isOtherwiseSlow({ vessel, around }: Scene, { last }: HourSummary, at: number): boolean {
  if (isAtWork(vessel.identity.shipType, last.navStatus)) return true;
  return !mayBeTrader(vessel) && nexusOf(vessel, at, around.register).length === 0;
}

/** Whether an hour was spent far from every shore and off the roads. Where no shore is known, no claim is made. */
function isOffing({ params, around }: Scene, { lon, lat }: HourSummary): boolean {
  if (around.gazetteer.isOffShore(lon, lat, params.shoreNm * METRES_PER_NAUTICAL_MILE) !== true) return false;
  return around.gazetteer.nearestAnchorage(lon, lat, { maxKm: params.roadsKm }) === null;
}

/** A fast hour ends the stay at the last slow position, and may be where the next begins. */
function afterFastHour(
  scene: Scene,
  stay: (Stay & Told) | null,
  hour: HourSummary,
  at: number,
): Reaction<LoiteringState> {
  const { slowUntil, slowSince } = hour;
  const goesOn = stay !== null && slowUntil !== null && hour.first.at - stay.last.at <= HOUR_MS;
  const whole = goesOn ? { ...stay, last: slowUntil } : stay;
  const told = whole === null ? null : tell(scene, whole, at, []);
  const events = [...(told?.events ?? []), ...close(scene, told?.state?.stay ?? null, at, 'under way')];
  return { state: slowSince === null ? undefined : { stay: null, slowSince }, events };
}

/** Tells the stay when it is long enough, and again when its length has doubled. */
function tell(
  scene: Scene,
  stay: Stay & Told,
  at: number,
  before: readonly EventDraft[],
): Reaction<LoiteringState> {
  const lengthH = lengthOf(stay) / HOUR_MS;
  const isDue = stay.told ? lengthH >= stay.nextTellH : lengthH >= scene.params.leastH;
  if (!isDue) return { state: { stay, slowSince: null }, events: before };
  const next = { ...stay, told: true, nextTellH: stay.told ? stay.nextTellH * 2 : stay.nextTellH };
  const event = draft(scene, next, stay.told ? 'revised' : 'opened', at, null, null);
  return { state: { stay: next, slowSince: null }, events: [...before, event] };
}

function close(scene: Scene, stay: (Stay & Told) | null, at: number, how: string): EventDraft[] {
  return stay?.told === true ? [draft(scene, stay, 'closed', at, how, null)] : [];
}

function takeBack(scene: Scene, stay: (Stay & Told) | null, at: number): EventDraft[] {
  if (stay?.told !== true) return [];
  const reason = 'its ship type, class or status is that of a craft at work';
  return [draft(scene, stay, 'retracted', at, 'working craft', reason)];
}

function draft(
  scene: Scene,
  stay: Stay & Told,
  change: EventChange,
  at: number,
  endedBy: string | null,
  reason: string | null,
): EventDraft {
  const { params, vessel, around } = scene;
  const { gazetteer } = around;
  const { lon, lat } = placeOf(stay);
  const nexus = nexusOf(vessel, at, around.register);
  const anchorage = gazetteer.nearestAnchorage(lon, lat, { maxKm: 100 });
  const port = gazetteer.nearestPort(lon, lat, { maxKm: 500 });
  const shoreM = gazetteer.shoreDistanceM(lon, lat);
  const observedShare = Math.min(1, stay.hours / Math.max(1, lengthOf(stay) / HOUR_MS));
  return {
    type: ID,
    change,
    vessels: [eventVessel(vessel)],
    discriminator: '',
    firstToldAt: stay.first.at,
    openedAt: stay.first.at,
    closedAt: endedBy === null ? null : stay.last.at,
    lon: rounded(lon, 5),
    lat: rounded(lat, 5),
    port: null,
    verdict: null,
    confidence: rounded(0.4 + 0.4 * observedShare, 2),
    nexus: nexus.length > 0,
    evidence: {
      first: slowFixEvidence(stay.first),
      last: slowFixEvidence(stay.last),
      lengthH: rounded(lengthOf(stay) / HOUR_MS, 2),
      leastH: params.leastH,
      hoursWithPositions: stay.hours,
      meanSogKn: rounded(stay.sogSum / stay.hours, 2),
      slowKn: params.slowKn,
      longestSilenceH: rounded(stay.longestSilenceMs / HOUR_MS, 2),
      shoreNm: shoreM === null ? null : rounded(shoreM / METRES_PER_NAUTICAL_MILE, 1),
      shoreLimitNm: params.shoreNm,
      anchorageKm: anchorage && rounded(anchorage.km, 1),
      roadsKm: params.roadsKm,
      nearestPort: port && { name: port.port.name, km: rounded(port.km, 1) },
      nexus,
      endedBy,
    },
    feeds: vessel.feeds,
    synthetic: vessel.synthetic,
    ruleVersion: VERSION,
    ruleParams: params,
    reason,
    knownSince: at,
  };
}

const docs = {
  title: 'Loitering',
  summary:
    'A ship was slow for eight hours or more far from shore and from any port, as ships are that wait for another at sea.',
  life: [
    'Opens when consecutive hours with a mean speed below 2 kn, 20 nautical miles or more from shore, have lasted 8 hours.',
    'Hours of the clock are only a way to count: it begins and ends with the first and last slow position, also within an hour.',
    'Is revised when its length doubles.',
    'Closes when an hour is faster, when the ship comes nearer to shore, or when it falls silent for more than 6 hours; an outage of the feed does not close it.',
    'Is retracted when the ship turns out to be a craft at work.',
  ],
  silentFor: [
    'fishing gear at work: fishing boats, and whoever reports to be engaged in fishing',
    'tugs, dredgers, survey and patrol craft, and whoever but a cargo ship or tanker reports to be towing or restricted in its ability to manoeuvre',
    'class B craft that do not say that they are cargo ships or tankers, without a link to the DPRK',
    'ships on roads that lie far out: nearer than 5 km to an anchorage point',
  ],
  limits: [
    'The shore is known for 105-150\u00b0 E, 15-55\u00b0 N. Elsewhere no claim is made.',
    'A fishing boat that says neither its type nor its status is not told from a trader.',
    'A ship that reports no speed is slow by what it made good; its stay then begins and ends with whole hours of the clock, up to an hour late and early.',
    'Going to and fro faster than 2 kn between seldom positions may look like lying there.',
  ],
  innocent: [
    'hove-to or drifting in heavy weather',
    'waiting for orders, cargo, a berth or daylight',
    'engine trouble, tank cleaning or a crew change',
    'fishing or research by a ship that does not say so',
  ],
  sources: [
    'GlobalFishingWatch loitering: hourly mean below 2 kn over consecutive hours, 20 nautical miles or more from shore',
    'Eight hours: detections.md',
    'Roads far from shore: our own choice',
  ],
} as const;
