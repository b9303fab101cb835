import { distanceM } from '@offing/geo';
import { DAY_MS, HOUR_MS, isoOf } from '@offing/units';
import { Type, type Static } from 'typebox';
import type { EventChange, EventDraft, EventVessel } from '../event.ts';
import { rounded } from '../evidence.ts';
import { nexusOf } from '../nexus.ts';
import { numberParam, parseParams } from '../params.ts';
import { namedPort } from '../place/named-port.ts';
import type { Reaction, Rule, Surroundings } from '../rule.ts';
import type { HullSight, Signal, VesselView } from '../signal.ts';

const ID = 'shared-mmsi';
const VERSION = 1;
/** Of more hulls only the number stands in the evidence. */
const HULLS_LISTED = 20;
const NEAR_PORT_KM = 50;

const schema = Type.Object({
  awayH: numberParam(
    24,
    1,
    24,
    'The MMSI is no longer shared when its hulls were not heard in turn for this long; hours [ours].',
  ),
});

/** Parameters of the shared-MMSI rule; units are in the names. */
export type SharedMmsiParams = Static<typeof schema>;

/** What the rule remembers of a shared MMSI. */
export type SharedMmsiState = {
  /** The two hulls that were first heard in turn; the event is theirs for good. */
  readonly vessels: readonly EventVessel[];
  /** When they began to be heard in turn, ms. */
  readonly since: number;
  readonly turnedAt: number;
  readonly turns: number;
  /** Every hull that was heard in turn, by its id. */
  readonly hulls: ReadonlyMap<string, HullSight>;
  /** Where the newest of them was heard, and the greatest distance between two that followed each other, km. */
  readonly newest: HullSight;
  readonly apartKm: number;
  /** Number of hulls at which it is told again. */
  readonly nextTellHulls: number;
};

/** Returns the rule that tells when several hulls are heard in turn under one MMSI; a RangeError lists faulty parameters. */
export function sharedMmsi(given: Readonly<Record<string, unknown>> = {}): Rule<SharedMmsiState> {
  const params = parseParams(ID, schema, given);
  return {
    id: ID,
    version: VERSION,
    docs,
    paramsSchema: schema,
    params,
    signals: ['hulls', 'wake'],
    react(state, signal, vessel, around) {
      if (signal.kind === 'hulls') {
        return state === undefined
          ? begin(params, signal, vessel, around)
          : goOn(params, state, signal, vessel, around);
      }
      if (signal.kind !== 'wake' || state === undefined) return { state };
      const endsAt = state.turnedAt + params.awayH * HOUR_MS;
      if (signal.at < endsAt) return { state, wakeAt: endsAt };
      return {
        state: undefined,
        events: [draft(params, state, 'closed', signal.at, vessel, around)],
      };
    },
  };
}

type HullsSignal = Extract<Signal, { readonly kind: 'hulls' }>;

function begin(
  params: SharedMmsiParams,
  signal: HullsSignal,
  vessel: VesselView,
  around: Surroundings,
): Reaction<SharedMmsiState> {
  if (!signal.interleaved) return { state: undefined };
  const { heard, other, since, at } = signal;
  const ordered = [heard, other].sort(byAge);
  const state: SharedMmsiState = {
    vessels: ordered.map((hull) => hull.vessel),
    since,
    turnedAt: at,
    turns: 1,
    hulls: new Map(ordered.map((hull) => [hull.vessel.vesselId, hull])),
    newest: heard,
    apartKm: kmBetween(heard, other),
    nextTellHulls: 4,
  };
  return {
    state,
    events: [draft(params, state, 'opened', at, vessel, around)],
    wakeAt: at + params.awayH * HOUR_MS,
  };
}

function goOn(
  params: SharedMmsiParams,
  before: SharedMmsiState,
  { heard, other, at }: HullsSignal,
  vessel: VesselView,
  around: Surroundings,
): Reaction<SharedMmsiState> {
  const hulls = new Map(before.hulls).set(heard.vessel.vesselId, heard);
  const state: SharedMmsiState = {
    ...before,
    turnedAt: at,
    turns: before.turns + 1,
    hulls,
    newest: heard,
    apartKm: Math.max(before.apartKm, kmBetween(heard, other)),
  };
  if (hulls.size < state.nextTellHulls) return { state };
  const events = [draft(params, state, 'revised', at, vessel, around)];
  return { state: { ...state, nextTellHulls: state.nextTellHulls * 2 }, events };
}

function byAge(a: HullSight, b: HullSight): number {
  return a.first.at - b.first.at || (a.vessel.vesselId < b.vessel.vesselId ? -1 : 1);
}

function kmBetween(a: HullSight, b: HullSight): number {
  return distanceM(a.last.lon, a.last.lat, b.last.lon, b.last.lat) / 1000;
}

function draft(
  params: SharedMmsiParams,
  state: SharedMmsiState,
  change: EventChange,
  at: number,
  vessel: VesselView,
  around: Surroundings,
): EventDraft {
  const { newest, hulls } = state;
  const port = namedPort(around.gazetteer, newest.last.lon, newest.last.lat, NEAR_PORT_KM);
  const nexus = nexusOf(vessel, at, around.register);
  return {
    type: ID,
    change,
    vessels: state.vessels,
    discriminator: '',
    firstToldAt: state.since,
    openedAt: state.since,
    closedAt: change === 'closed' ? state.turnedAt : null,
    lon: newest.last.lon,
    lat: newest.last.lat,
    port: port && { id: port.port.id, name: port.port.name, country: port.port.country },
    verdict: null,
    confidence: rounded(Math.min(0.95, 0.7 + 0.05 * state.turns), 2),
    nexus: nexus.length > 0,
    evidence: {
      hullsHeard: hulls.size,
      turns: state.turns,
      lastTurnAt: isoOf(state.turnedAt),
      apartKm: rounded(state.apartKm, 1),
      awayH: params.awayH,
      nexus: nexus,
      portKm: port && rounded(port.km, 1),
      hulls: [...hulls.values()]
        .sort(byAge)
        .slice(0, HULLS_LISTED)
        .map((hull) => ({
          vesselId: hull.vessel.vesselId,
          positions: hull.positions,
          firstHeard: isoOf(hull.first.at),
          lastHeard: isoOf(hull.last.at),
          lon: hull.last.lon,
          lat: hull.last.lat,
        })),
    },
    feeds: vessel.feeds,
    synthetic: vessel.synthetic,
    ruleVersion: VERSION,
    ruleParams: params,
    reason:
      change === 'closed'
        ? `its hulls were not heard in turn for ${(params.awayH * HOUR_MS) / DAY_MS} d`
        : null,
    knownSince: at,
  };
}

const docs = {
  title: 'Shared MMSI',
  summary: 'Several hulls are heard in turn under one MMSI; their tracks are kept apart.',
  life: [
    'Opens when each of two hulls, both of at least three positions, was heard again after the other within a day.',
    'Is told again when four, eight, sixteen and more hulls are heard in turn.',
    'Closes when they were not heard in turn for a day.',
  ],
  silentFor: [
    'single bad fixes and short runs of them: the place of a fault is not heard again in turn',
    'one hull that is heard by several stations or feeds',
    'a ship that jumped once, and one that jumped and came back: see impossible-jump',
  ],
  limits: [
    'Two hulls that lie within reach of each other, at 25 kn since the last position of each, look like one.',
    'Jamming that throws a ship to one false place and back again and again looks like two hulls.',
  ],
  innocent: [
    'a default number was never changed after the transponder was fitted',
    'a typing error gave the ship the number of another',
    'jamming or spoofing of satellite navigation gave false positions to an honest ship',
  ],
  sources: [
    'GlobalFishingWatch/gpsdio-segment: hulls by reach at 25 kn over the last five positions',
    'detections.md, "Hulls, not MMSIs"; the day after which it ends is ours',
  ],
} as const;
