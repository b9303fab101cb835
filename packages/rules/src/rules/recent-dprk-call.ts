import { windowEnd, type Announcement } from '@offing/gazetteer';
import { DAY_MS, HOUR_MS, isoOf } from '@offing/units';
import { Type, type Static } from 'typebox';
import type { EventChange, EventDraft, EventPort, Json } from '../event.ts';
import { eventVessel, rounded } from '../evidence.ts';
import { nexusOf } from '../nexus.ts';
import { numberParam, parseParams } from '../params.ts';
import { announcementEvidence } from '../place/announcement-evidence.ts';
import type { NexusEntry } from '../place/nexus-entry.ts';
import { VISIT_COUNTS_MS } from '../place/visit-nexus.ts';
import { visitedPort } from '../place/visit.ts';
import type { Reaction, Rule, Surroundings } from '../rule.ts';
import type { Fix, Signal, VesselView } from '../signal.ts';

const ID = 'recent-dprk-call';
const VERSION = 1;

const schema = Type.Object({
  outsideH: numberParam(
    12,
    0,
    240,
    'Out of the waters for no longer than this, a ship has not left them; hours [ours].',
  ),
});

/** Parameters of the rule; units are in the names. */
export type RecentCallParams = Static<typeof schema>;

/** A DPRK port visit as the rule counts it. */
type Call = { readonly endedAt: number; readonly from: number; readonly how: string };

/** What the rule remembers of a ship in the waters of a state that counts DPRK calls. */
export type RecentCallState = {
  readonly country: string;
  readonly enteredAt: number;
  readonly lon: number;
  readonly lat: number;
  readonly calls: readonly Call[];
  readonly inferred: readonly Call[];
  readonly port: EventPort | null;
  /** Last position inside, once it was heard outside; null while it is inside. */
  readonly leftAt: number | null;
};

/** Returns the rule that tells when a ship comes to a state that bars ships for a time after a DPRK call; a RangeError lists faulty parameters. */
export function recentDprkCall(given: Readonly<Record<string, unknown>> = {}): Rule<RecentCallState> {
  const params = parseParams(ID, schema, given);
  return {
    id: ID,
    version: VERSION,
    docs,
    paramsSchema: schema,
    params,
    signals: ['waters', 'visit', 'wake'],
    react(state, signal, vessel, around) {
      const scene = { params, vessel, around };
      switch (signal.kind) {
        case 'waters':
          return afterWaters(scene, state, signal);
        case 'visit':
          return afterVisit(scene, state, signal);
        case 'wake':
          return afterWake(scene, state, signal.at);
        default:
          return { state };
      }
    },
  };
}

type Scene = {
  readonly params: RecentCallParams;
  readonly vessel: VesselView;
  readonly around: Surroundings;
};

function afterWaters(
  scene: Scene,
  state: RecentCallState | undefined,
  { to, before, fix, at }: Extract<Signal, { readonly kind: 'waters' }>,
): Reaction<RecentCallState> {
  const restMs = scene.params.outsideH * HOUR_MS;
  if (state !== undefined) {
    const isBack = to === state.country && (state.leftAt === null || fix.at - state.leftAt <= restMs);
    if (isBack) return { state: { ...state, leftAt: null } };
    const leftAt = state.leftAt ?? before?.at ?? at;
    if (to !== state.country) return { state: { ...state, leftAt }, wakeAt: leftAt + restMs + 1 };
    const ended = [draft(scene, { ...state, leftAt }, 'closed', at)];
    const again = enter(scene, to, fix, null);
    return { ...again, events: [...ended, ...(again.events ?? [])] };
  }
  return to === null ? { state } : enter(scene, to, fix, null);
}

function afterVisit(
  scene: Scene,
  state: RecentCallState | undefined,
  { visit, change }: Extract<Signal, { readonly kind: 'visit' }>,
): Reaction<RecentCallState> {
  const called = visitedPort(visit, scene.around.berths);
  if (called === null || change === 'closed') return { state };
  const port = { id: called.id, name: called.name, country: called.country };
  if (state === undefined) return enter(scene, called.country, visit.entry, port);
  if (state.country !== called.country || state.port?.id === port.id) return { state };
  const next = { ...state, port };
  return { state: next, events: [draft(scene, next, 'revised', visit.lastInside.at)] };
}

function afterWake(scene: Scene, state: RecentCallState | undefined, at: number): Reaction<RecentCallState> {
  if (state === undefined || state.leftAt === null) return { state };
  if (at - state.leftAt <= scene.params.outsideH * HOUR_MS) return { state };
  return { state: undefined, events: [draft(scene, state, 'closed', at)] };
}

/** The ship comes into the waters or a port of a country: told where a call at a DPRK port still counts there. */
function enter(scene: Scene, country: string, fix: Fix, port: EventPort | null): Reaction<RecentCallState> {
  const rule = ruleOf(scene, country, fix.at);
  if (rule === null) return { state: undefined };
  const counts = (call: Call): boolean => call.endedAt <= fix.at && fix.at < windowEnd(rule, call.endedAt);
  const calls = callsOf(scene.vessel.nexus, 'dprk-visit').filter(counts);
  if (calls.length === 0) return { state: undefined };
  const inferred = callsOf(scene.vessel.nexus, 'dprk-visit-inferred').filter(counts);
  const { lon, lat } = fix;
  const state = { country, enteredAt: fix.at, lon, lat, calls, inferred, port, leftAt: null };
  return { state, events: [draft(scene, state, 'opened', fix.at)] };
}

/** The announcement of a country that counts DPRK calls at an instant, or null. */
function ruleOf({ around }: Scene, country: string, at: number): Announcement | null {
  const found = around.gazetteer.announcements.find(
    (one) =>
      one.window !== null &&
      one.country === country &&
      one.portId === null &&
      one.from <= at &&
      (one.until === null || at < one.until),
  );
  return found ?? null;
}

/** What is known of the ship's calls, newest first; one of which the end was not seen counts from its beginning. */
function callsOf(nexus: readonly NexusEntry[], kind: NexusEntry['kind']): readonly Call[] {
  return nexus
    .filter((entry) => entry.kind === kind)
    .map(({ from, until, how }) => ({ from, endedAt: until === null ? from : until - VISIT_COUNTS_MS, how }))
    .sort((a, b) => b.endedAt - a.endedAt);
}

function draft(scene: Scene, state: RecentCallState, change: EventChange, at: number): EventDraft {
  const { params, vessel, around } = scene;
  const rule = ruleOf(scene, state.country, state.enteredAt);
  const [last] = state.calls;
  const nexus = nexusOf(vessel, at, around.register);
  const seen = state.calls.some(({ how }) => how.startsWith('visited'));
  return {
    type: ID,
    change,
    vessels: [eventVessel(vessel)],
    discriminator: '',
    firstToldAt: state.enteredAt,
    openedAt: state.enteredAt,
    closedAt: change === 'closed' ? state.leftAt : null,
    lon: rounded(state.lon, 5),
    lat: rounded(state.lat, 5),
    port: state.port,
    verdict: null,
    confidence: seen ? 0.85 : 0.5,
    nexus: nexus.length > 0,
    evidence: {
      country: state.country,
      enteredAt: isoOf(state.enteredAt),
      announcement: rule && announcementEvidence(rule),
      daysSinceCall: rule && daysBetween(rule, last.endedAt, state.enteredAt),
      countsUntil: rule && isoOf(windowEnd(rule, last.endedAt)),
      calls: state.calls.map(callEvidence),
      inferredCalls: state.inferred.map(callEvidence),
      outsideH: params.outsideH,
      nexus,
    },
    feeds: vessel.feeds,
    synthetic: vessel.synthetic,
    ruleVersion: VERSION,
    ruleParams: params,
    reason: change === 'revised' ? 'the ship called at a port of that state' : null,
    knownSince: at,
  };
}

function callEvidence({ from, endedAt, how }: Call): Json {
  return { how, from: isoOf(from), to: isoOf(endedAt) };
}

/** Days of the calendar of the place between two instants. */
function daysBetween({ utcOffsetH }: Announcement, from: number, to: number): number {
  const dayOf = (at: number): number => Math.floor((at + utcOffsetH * HOUR_MS) / DAY_MS);
  return dayOf(to) - dayOf(from);
}

const docs = {
  title: 'Recent DPRK call',
  summary:
    'A ship came into the 12-mile waters or a port of a state that bars ships for a time after a call in the DPRK, within that time.',
  life: [
    'Opens when the ship comes into the waters of that state, or is first heard there, while a DPRK port visit of the same hull counts; the hull is followed over MMSI, name and flag by its IMO number.',
    'Is revised when it calls at a port of that state. Closes when it has been out of the waters for 12 hours, with its last position inside.',
    'The window is the announcement’s: for the Republic of Korea 180 days from 2016-03-08, one year from 2016-12-02, in the calendar of Asia/Seoul. It counts from the day on which the ship left the DPRK port; the last day of the window still counts, the day after does not.',
  ],
  silentFor: [
    'the day after the window, and calls before the state had such a rule',
    'calls that are only inferred from a silence: they are listed apart and raise nothing',
    'ships of which no DPRK port visit is known',
  ],
  limits: [
    'A DPRK port visit that was not heard does not count: reception there is poor.',
    'Passing through the waters is told as well: the state’s rule may mean its ports alone.',
    'A ship that does not send an IMO number is lost with its MMSI.',
    'A call of which leaving was never heard counts from its beginning.',
  ],
  innocent: [
    'innocent passage, distress, or leave given by the state',
    'humanitarian cargo, or an exempt trade such as that through Rajin',
  ],
  sources: ['announcements.csv of the gazetteer, with its sources', 'Hours outside: our own choice'],
} as const;
