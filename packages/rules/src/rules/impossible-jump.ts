import { distanceM } from '@offing/geo';
import { HOUR_MS, isoOf, METRES_PER_NAUTICAL_MILE } from '@offing/units';
import { Type, type Static } from 'typebox';
import type { EventChange, EventDraft } from '../event.ts';
import { eventVessel, rounded } from '../evidence.ts';
import { nexusOf } from '../nexus.ts';
import { numberParam, parseParams } from '../params.ts';
import { namedPort } from '../place/named-port.ts';
import type { Reaction, Rule, Surroundings } from '../rule.ts';
import type { HullSight, SeenAt, Signal, VesselView } from '../signal.ts';

const ID = 'impossible-jump';
const VERSION = 1;
const NEAR_PORT_KM = 50;
/** Clocks of stations differ by so much: a shorter time between two positions says nothing of a speed, ms (ours). */
const LEAST_MS = 60_000;

const schema = Type.Object({
  impliedKn: numberParam(50, 25, 1000, 'A jump implies more speed than this; kn [arktrace].'),
  seenAtLeast: numberParam(
    2,
    2,
    100,
    'Positions on the near side of the jump; the far side has three by the time it is believed [arktrace: both sides seen again; the numbers ours].',
  ),
  quietH: numberParam(24, 1, 240, 'Jumps of an MMSI within this time are told as one; hours [ours].'),
});

/** Parameters of the jump rule; units are in the names. */
export type ImpossibleJumpParams = Static<typeof schema>;

/** What the rule remembers of an MMSI that jumped, or that turned out to be shared. */
export type ImpossibleJumpState = {
  /** Null while the MMSI is shared: its hulls do not jump. */
  readonly jump: Jump | null;
  /** When it was last seen to jump or to be shared, ms. */
  readonly lastAt: number;
};

/** The jump that was told, and what came of it. */
type Jump = {
  readonly vessel: VesselView;
  readonly from: HullSight;
  readonly to: SeenAt;
  readonly km: number;
  readonly impliedKn: number;
  readonly jumps: number;
  readonly returned: boolean;
};

type HullsSignal = Extract<Signal, { readonly kind: 'hulls' }>;

/** Returns the rule that tells when positions imply a speed that no ship has; a RangeError lists faulty parameters. */
export function impossibleJump(given: Readonly<Record<string, unknown>> = {}): Rule<ImpossibleJumpState> {
  const params = parseParams(ID, schema, given);
  return {
    id: ID,
    version: VERSION,
    docs,
    paramsSchema: schema,
    params,
    signals: ['hulls', 'wake'],
    react(state, signal, vessel, around) {
      if (signal.kind === 'hulls') return onHulls(params, state, signal, vessel, around);
      if (signal.kind !== 'wake' || state === undefined) return { state };
      const endsAt = state.lastAt + params.quietH * HOUR_MS;
      if (signal.at < endsAt) return { state, wakeAt: endsAt };
      if (state.jump === null) return { state: undefined };
      return {
        state: undefined,
        events: [draft(params, state.jump, 'closed', state.lastAt, signal.at, null, around)],
      };
    },
  };
}

function onHulls(
  params: ImpossibleJumpParams,
  state: ImpossibleJumpState | undefined,
  signal: HullsSignal,
  vessel: VesselView,
  around: Surroundings,
): Reaction<ImpossibleJumpState> {
  const { at, interleaved, isNew } = signal;
  const wakeAt = at + params.quietH * HOUR_MS;
  if (interleaved || (state !== undefined && state.jump === null)) {
    const shared: ImpossibleJumpState = { jump: null, lastAt: at };
    if (state === undefined) return { state: shared, wakeAt };
    if (state.jump === null) return { state: shared };
    const reason = 'hulls of the MMSI are heard in turn: several ships share it, and none of them jumped';
    return { state: shared, events: [draft(params, state.jump, 'retracted', null, at, reason, around)] };
  }
  if (state?.jump !== null && state?.jump !== undefined) {
    const { jump } = state;
    const isBack = signal.heard.vessel.vesselId === jump.from.vessel.vesselId;
    const next = {
      ...jump,
      jumps: jump.jumps + (isNew ? 1 : 0),
      returned: jump.returned || isBack,
    };
    return { state: { jump: next, lastAt: at } };
  }
  const jump = isNew ? jumpOf(params, signal, vessel) : null;
  if (jump === null) return { state };
  return {
    state: { jump, lastAt: at },
    events: [draft(params, jump, 'opened', null, at, null, around)],
    wakeAt,
  };
}

/** The jump from where the MMSI was heard to where a new hull of it was first heard; null where no jump is needed. */
function jumpOf(
  params: ImpossibleJumpParams,
  { heard, other }: HullsSignal,
  vessel: VesselView,
): Jump | null {
  const from = other.last;
  const to = heard.first;
  if (other.positions < params.seenAtLeast || from.at > to.at) return null;
  const metres = distanceM(from.lon, from.lat, to.lon, to.lat);
  const hours = Math.max(LEAST_MS, to.at - from.at) / HOUR_MS;
  const impliedKn = metres / METRES_PER_NAUTICAL_MILE / hours;
  if (impliedKn <= params.impliedKn) return null;
  return { vessel, from: other, to, km: metres / 1000, impliedKn, jumps: 1, returned: false };
}

function draft(
  params: ImpossibleJumpParams,
  jump: Jump,
  change: EventChange,
  closedAt: number | null,
  at: number,
  reason: string | null,
  around: Surroundings,
): EventDraft {
  const { vessel, from, to } = jump;
  const port = namedPort(around.gazetteer, from.last.lon, from.last.lat, NEAR_PORT_KM);
  const nexus = nexusOf(vessel, from.last.at, around.register);
  const ends = [from.vessel, eventVessel(vessel)];
  return {
    type: ID,
    change,
    vessels: ends,
    discriminator: '',
    firstToldAt: from.last.at,
    openedAt: from.last.at,
    closedAt,
    lon: from.last.lon,
    lat: from.last.lat,
    port: port && { id: port.port.id, name: port.port.name, country: port.port.country },
    verdict: null,
    confidence: jump.returned ? 0.8 : 0.6,
    nexus: nexus.length > 0,
    evidence: {
      from: { at: isoOf(from.last.at), lon: from.last.lon, lat: from.last.lat, positions: from.positions },
      to: { at: isoOf(to.at), lon: to.lon, lat: to.lat },
      jumpKm: rounded(jump.km, 1),
      impliedKn: rounded(jump.impliedKn, 0),
      impliedAboveKn: params.impliedKn,
      jumps: jump.jumps,
      returned: jump.returned,
      quietH: params.quietH,
      nexus: nexus,
      portKm: port && rounded(port.km, 1),
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
  title: 'Impossible jump',
  summary: 'Positions of one MMSI, several on either side, imply a speed that no ship has.',
  life: [
    'Opens with the third position on the far side of a jump.',
    'Takes further jumps of the MMSI within a day into the same event; closes when a day has passed without one.',
    'Is retracted when the places turn out to be heard in turn: then the MMSI is shared, see shared-mmsi.',
  ],
  silentFor: [
    'one or two noisy fixes, wherever they lie',
    'the first position of an MMSI, which may itself be the noisy one',
    'fast craft, and a ship that was not heard for so long that it can have come there at 50 kn',
    'an MMSI that several hulls share',
  ],
  limits: [
    'A jump that a ship could have made at 50 kn since its last position is not seen.',
    'It does not say which side is true.',
  ],
  innocent: [
    'jamming or spoofing of satellite navigation gave false positions to an honest ship',
    'two ships carry the same number, and one was switched on when the other was switched off',
    'a receiver or provider gave a wrong time or place to a run of messages',
  ],
  sources: [
    'arktrace: more than 50 kn implied, both sides seen again',
    'Numbers of positions: our own choice',
  ],
} as const;
