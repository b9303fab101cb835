import { HOUR_MS, isoOf } from '@offing/units';
import { Type, type Static } from 'typebox';
import type { EventChange, EventDraft, EventPort, Json } from '../event.ts';
import { eventVessel, rounded } from '../evidence.ts';
import { nexusOf } from '../nexus.ts';
import { numberParam, parseParams } from '../params.ts';
import { endOf, visitedPort, type Visit } from '../place/visit.ts';
import type { Reaction, Rule, Surroundings } from '../rule.ts';
import type { Fix, Signal, VesselView } from '../signal.ts';

const ID = 'draught-change';
const VERSION = 1;
/** Practitioners distrust draughts: they are typed by hand (detections.md). */
const CONFIDENCE = 0.3;

const schema = Type.Object({
  leastShare: numberParam(
    0.1,
    0.01,
    1,
    'Change of at least this share of the greater draught [detections.md].',
  ),
  leastM: numberParam(0.3, 0.1, 10, 'And of at least this much; metres [detections.md].'),
  settleH: numberParam(
    12,
    0,
    96,
    'A draught typed up to this long after leaving a port is that of leaving, and one typed up to this long after a silence that of its end; hours [ours].',
  ),
  flipH: numberParam(
    48,
    1,
    240,
    'A change that is taken back within this time was a slip of the hand; hours [ours].',
  ),
});

/** Parameters of the rule; units are in the names. */
export type DraughtParams = Static<typeof schema>;

/** A draught at a place: when, where, and at which port. */
type Drawn = {
  readonly draughtM: number;
  readonly at: number;
  readonly lon: number;
  readonly lat: number;
  readonly port: EventPort | null;
};

/** A change that was told: it is taken back when the draught flips back in time. */
type Told = {
  readonly from: Drawn;
  readonly to: Drawn;
  readonly across: 'voyage' | 'silence';
  readonly knownAt: number;
};

/** What the rule remembers of a ship: how deep it was when it left a port or fell silent. */
export type DraughtState = {
  readonly inPort: boolean;
  /** On leaving; its draught is null while the ship has sent none since. */
  readonly left: (Omit<Drawn, 'draughtM'> & { readonly draughtM: number | null }) | null;
  /** A silence that ended, and the draught before it. */
  readonly silence: { readonly from: Drawn; readonly on: Fix } | null;
  readonly told: Told | null;
};

const NOTHING: DraughtState = { inPort: false, left: null, silence: null, told: null };

/** Returns the rule that tells of a ship lying deeper or higher without a call that explains it; a RangeError lists faulty parameters. */
export function draughtChange(given: Readonly<Record<string, unknown>> = {}): Rule<DraughtState> {
  const params = parseParams(ID, schema, given);
  return {
    id: ID,
    version: VERSION,
    docs,
    paramsSchema: schema,
    params,
    signals: ['visit', 'returned', 'identity'],
    react(state = NOTHING, signal, vessel, around) {
      const scene = { params, vessel, around };
      switch (signal.kind) {
        case 'visit':
          return kept(afterVisit(scene, state, signal));
        case 'returned':
          return kept(afterSilence(scene, state, signal));
        case 'identity':
          return kept(afterReport(scene, state, signal.at));
        default:
          return kept({ state });
      }
    },
  };
}

type Scene = { readonly params: DraughtParams; readonly vessel: VesselView; readonly around: Surroundings };

/** A state that says nothing is not kept. */
function kept(reaction: Reaction<DraughtState>): Reaction<DraughtState> {
  const { state } = reaction;
  const empty =
    state && !state.inPort && state.left === null && state.silence === null && state.told === null;
  return empty === true ? { ...reaction, state: undefined } : reaction;
}

function afterVisit(
  scene: Scene,
  state: DraughtState,
  { visit, change, wasTold, at }: Extract<Signal, { readonly kind: 'visit' }>,
): Reaction<DraughtState> {
  const entered = change === 'opened' || !wasTold;
  const compared = entered ? compare(scene, state, visit, at) : { state };
  const next = compared.state ?? NOTHING;
  if (change !== 'closed')
    return { ...compared, state: { ...next, inPort: true, left: null, silence: null } };
  const { lon, lat } = visit.lastInside;
  const left = {
    draughtM: scene.vessel.identity.draughtM,
    at: endOf(visit) ?? at,
    lon,
    lat,
    port: portOf(scene, visit),
  };
  return { ...compared, state: { ...next, inPort: false, left, silence: null } };
}

/** The draught on leaving the last port against that on coming into this one. */
function compare(scene: Scene, state: DraughtState, visit: Visit, at: number): Reaction<DraughtState> {
  const { left } = state;
  const { draughtM } = scene.vessel.identity;
  if (left === null || left.draughtM === null || draughtM === null) return { state };
  const { lon, lat } = visit.entry;
  const to = { draughtM, at: visit.entry.at, lon, lat, port: portOf(scene, visit) };
  return tell(scene, state, {
    from: { ...left, draughtM: left.draughtM },
    to,
    across: 'voyage',
    knownAt: at,
  });
}

function afterSilence(
  scene: Scene,
  state: DraughtState,
  { off, on }: Extract<Signal, { readonly kind: 'returned' }>,
): Reaction<DraughtState> {
  const { draughtM } = scene.vessel.identity;
  if (state.inPort || draughtM === null) return { state };
  const from = { draughtM, at: off.at, lon: off.lon, lat: off.lat, port: null };
  return { state: { ...state, silence: { from, on } } };
}

function afterReport(scene: Scene, before: DraughtState, at: number): Reaction<DraughtState> {
  const { draughtM } = scene.vessel.identity;
  const { params } = scene;
  const taken = takeBack(scene, before, draughtM, at);
  const state = taken.state ?? NOTHING;
  if (draughtM === null) return taken;
  const settling = state.left !== null && at - state.left.at <= params.settleH * HOUR_MS;
  const left = settling && state.left !== null ? { ...state.left, draughtM } : state.left;
  const { silence } = state;
  if (silence === null) return { ...taken, state: { ...state, left } };
  if (at - silence.on.at > params.settleH * HOUR_MS)
    return { ...taken, state: { ...state, left, silence: null } };
  const to = { draughtM, at: silence.on.at, lon: silence.on.lon, lat: silence.on.lat, port: null };
  const told = tell(scene, { ...state, left }, { from: silence.from, to, across: 'silence', knownAt: at });
  return { state: told.state, events: [...(taken.events ?? []), ...(told.events ?? [])] };
}

/** Tells a change that is large enough; a silence is done with once it has been told. */
function tell(scene: Scene, state: DraughtState, change: Told): Reaction<DraughtState> {
  if (!isLarge(scene.params, change.from.draughtM, change.to.draughtM)) return { state };
  const closed = draft(scene, change, 'closed', change.knownAt, null);
  const events = [{ ...closed, change: 'opened' as const, closedAt: null }, closed];
  return { state: { ...state, silence: null, told: change }, events };
}

function takeBack(
  scene: Scene,
  state: DraughtState,
  draughtM: number | null,
  at: number,
): Reaction<DraughtState> {
  const { told } = state;
  const { params } = scene;
  if (told === null || draughtM === null) return { state };
  if (at - told.knownAt > params.flipH * HOUR_MS) return { state: { ...state, told: null } };
  if (isLarge(params, told.from.draughtM, draughtM)) return { state };
  const reason = 'the ship sends the draught of before again: the other was a slip of the hand';
  return { state: { ...state, told: null }, events: [draft(scene, told, 'retracted', at, reason)] };
}

function isLarge(params: DraughtParams, a: number, b: number): boolean {
  // Draughts are sent in tenths of a metre: the comparison must not depend on how these round in binary.
  const changeM = rounded(Math.abs(a - b), 3);
  return changeM >= params.leastM && changeM >= rounded(params.leastShare * Math.max(a, b), 3);
}

function portOf({ around }: Scene, visit: Visit): EventPort | null {
  const port = visitedPort(visit, around.berths);
  return port && { id: port.id, name: port.name, country: port.country };
}

function draft(scene: Scene, told: Told, change: EventChange, at: number, reason: string | null): EventDraft {
  const { params, vessel, around } = scene;
  const { from, to, across } = told;
  const nexus = nexusOf(vessel, to.at, around.register);
  const changeM = rounded(to.draughtM - from.draughtM, 2);
  return {
    type: ID,
    change,
    vessels: [eventVessel(vessel)],
    discriminator: '',
    firstToldAt: from.at,
    openedAt: from.at,
    closedAt: to.at,
    lon: to.lon,
    lat: to.lat,
    port: to.port,
    verdict: null,
    confidence: CONFIDENCE,
    nexus: nexus.length > 0,
    evidence: {
      across,
      from: drawnEvidence(from),
      to: drawnEvidence(to),
      changeM,
      changeShare: rounded(Math.abs(changeM) / Math.max(from.draughtM, to.draughtM), 3),
      leastM: params.leastM,
      leastShare: params.leastShare,
      settleH: params.settleH,
      nexus,
    },
    feeds: vessel.feeds,
    synthetic: vessel.synthetic,
    ruleVersion: VERSION,
    ruleParams: params,
    reason,
    knownSince: at,
  };
}

function drawnEvidence({ draughtM, at, lon, lat, port }: Drawn): Json {
  return { draughtM, at: isoOf(at), lon, lat, port: port?.name ?? null };
}

const docs = {
  title: 'Draught change',
  summary: 'A ship lay deeper or higher than before, without a port visit that explains it.',
  life: [
    'Compares the draught on leaving one port visit with that on entering the next, and the draught before a silence with what is sent within 12 hours after it.',
    'Is told, opened and closed at once, when the change is 10 % and 0.3 m or more. Is retracted when the ship sends the old draught again within 48 hours.',
  ],
  silentFor: [
    'changes during a port visit, and up to 12 hours after leaving: crews type late',
    'retyped values that flip back',
    'changes below either threshold, as fuel burnt on a voyage makes',
    'a draught that was not sent before',
  ],
  limits: [
    'Draughts are typed by hand, often late or never: alone this says little, and its confidence is low.',
    'A draught typed at sea for the next port looks like a transfer of cargo.',
  ],
  innocent: [
    'a value typed late, or for the next port',
    'ballast taken in or pumped out',
    'a call at a berth that is not on record',
  ],
  sources: ['detections.md: thresholds', 'Times: our own choice'],
} as const;
