import { DAY_MS, flagOfMid, HOUR_MS, isoOf, isShipMmsi, midOf } from '@offing/units';
import { Type, type Static } from 'typebox';
import type { EventDraft, EventVessel, Json } from '../event.ts';
import { eventVessel, fixEvidence, rounded } from '../evidence.ts';
import { nexusOf } from '../nexus.ts';
import { numberParam, parseParams } from '../params.ts';
import { namedPort } from '../place/named-port.ts';
import { flagFacts } from '../place/flag-facts.ts';
import type { ImoClaim } from '../place/imo-claims.ts';
import { earlierClaim, listenMs, oneShip, type OneShip } from '../place/one-ship.ts';
import { isSameValue, SAID_FIELDS, saidBy, type SaidField, type SaidValues } from '../place/said-values.ts';
import {
  heardSaying,
  isNothingNew,
  NOTHING_SAID,
  settledBy,
  settlesAt,
  type Settled,
} from '../place/settled-values.ts';
import type { Reaction, Rule, Surroundings } from '../rule.ts';
import type { Fix, Signal, VesselView } from '../signal.ts';

const ID = 'identity-change';
const VERSION = 1;
const NEAR_PORT_KM = 50;
/** How much a change of one field is worth alone (ours): a number stays with a hull, a name is a matter of paint. */
const CONFIDENCE = { imoNumber: 0.8, callSign: 0.5, shipName: 0.5, lengthM: 0.4, beamM: 0.3 } as const;
/** Of several fields, and of what other hulls show (ours). */
const CONFIDENCE_OF = {
  several: 0.65,
  continued: 0.8,
  afterABreak: 0.5,
  reusedMmsi: 0.5,
  clone: 0.85,
  unreachable: 0.6,
  listed: 0.95,
} as const;

const schema = Type.Object({
  holdH: numberParam(
    3,
    0.5,
    168,
    'A change counts when the ship was heard to keep it for this long; hours [thirty times the 6 min between static reports, ITU-R M.1371-5; ours].',
  ),
  revertD: numberParam(
    7,
    0,
    90,
    'A name, call sign or size that comes back within this time takes the change back; days [ours].',
  ),
  linkD: numberParam(
    30,
    1,
    365,
    'A number that moves to a new MMSI within this time continues the same ship; days [ours].',
  ),
  overlapH: numberParam(
    2,
    0,
    48,
    'For this long both MMSIs of one ship may be heard while it changes over; hours [ours].',
  ),
  mostHulls: numberParam(
    4,
    2,
    20,
    'A number sent under more MMSIs than this is a placeholder, not a clone [ours].',
  ),
  apartD: numberParam(7, 1, 90, 'A clone ends when one of the two was not heard for this long; days [ours].'),
});

/** Parameters of the rule; units are in the names. */
export type IdentityChangeParams = Static<typeof schema>;

/** One difference between what was and what is. */
type Difference = { readonly field: 'mmsi' | 'flag' | SaidField; readonly from: Json; readonly to: Json };

/** What kind of change: by what the hull says, by its number under another MMSI, by its MMSI under another number, or two at once. */
type Kind = 'said' | 'mmsi' | 'reused-mmsi' | 'clone';

/** An event that was told, as far as it is needed to close it or take it back. */
type Told = {
  readonly kind: Kind;
  readonly fix: Fix;
  readonly differences: readonly Difference[];
  readonly other: EventVessel | null;
  readonly confidence: number;
  readonly facts: { readonly [key: string]: Json };
  readonly at: number;
};

/** What the rule remembers of a hull. */
export type IdentityState = {
  readonly settled: Settled;
  /** The position at which the hull began to send its IMO number; null before. */
  readonly claim: { readonly imoNumber: number; readonly fix: Fix } | null;
  /** The newest change by what it says, while it may be taken back. */
  readonly said: Told | null;
  /** What was told of its number and other hulls. */
  readonly pair: Told | null;
  readonly isCloneOpen: boolean;
  readonly wakeAt: number;
};

/** Returns the rule that tells when a hull changes what it is known by; a RangeError lists faulty parameters. */
export function identityChange(given: Readonly<Record<string, unknown>> = {}): Rule<IdentityState> {
  const params = parseParams(ID, schema, given);
  return {
    id: ID,
    version: VERSION,
    docs,
    paramsSchema: schema,
    params,
    signals: ['identity', 'wake'],
    react: (state, signal, vessel, around) =>
      isShipMmsi(vessel.mmsi)
        ? react({ params, vessel, around }, state ?? NOTHING, signal)
        : { state: undefined },
  };
}

type Scene = {
  readonly params: IdentityChangeParams;
  readonly vessel: VesselView;
  readonly around: Surroundings;
};

const NOTHING: IdentityState = {
  settled: NOTHING_SAID,
  claim: null,
  said: null,
  pair: null,
  isCloneOpen: false,
  wakeAt: -Infinity,
};

function react(scene: Scene, before: IdentityState, signal: Signal): Reaction<IdentityState> {
  if (signal.kind !== 'identity' && signal.kind !== 'wake') return { state: before };
  const { at } = signal;
  if (signal.kind === 'identity' && isUsual(scene, before)) return { state: before };
  const fix = signal.kind === 'identity' ? signal.fix : signal.lastFix;
  const heardUpTo = signal.kind === 'identity' ? at : fix.at;
  const first = settle(scene, before, heardUpTo, at);
  const state = signal.kind === 'identity' ? hear(scene, first.state, at, fix) : first.state;
  const second = pairUp(scene, state, heardUpTo, at);
  const events = [...first.events, ...second.events];
  return { ...armed(scene, second.state, at, heardUpTo), events };
}

/** Whether the hull says what it always said, and nobody else sends its number or uses its MMSI. */
function isUsual({ vessel, around }: Scene, { settled, claim }: IdentityState): boolean {
  const { identity, mmsi } = vessel;
  if (claim === null || claim.imoNumber !== identity.imoNumber) return false;
  return isNothingNew(settled, saidBy(identity)) && !around.claims.isContested(claim.imoNumber, mmsi);
}

type Step = { readonly state: IdentityState; readonly events: readonly EventDraft[] };

/** Takes in what the hull says now. */
function hear({ params, vessel }: Scene, state: IdentityState, at: number, fix: Fix): IdentityState {
  const { imoNumber } = vessel.identity;
  const settled = heardSaying(state.settled, saidBy(vessel.identity), at, fix, params.holdH * HOUR_MS);
  const isNewClaim = imoNumber !== null && imoNumber !== state.claim?.imoNumber;
  const claim = isNewClaim ? { imoNumber, fix: { ...fix, at } } : state.claim;
  return { ...state, settled, claim };
}

/** Tells what the hull has said for long enough, or takes back what it no longer says. */
function settle(scene: Scene, before: IdentityState, heardUpTo: number, at: number): Step {
  const { state: settled, changes } = settledBy(before.settled, heardUpTo, scene.params.holdH * HOUR_MS);
  const state = { ...before, settled };
  if (changes.length === 0) return { state, events: [] };
  const differences = changes.map(({ field, before: from, value: to }) => ({ field, from, to }));
  const back = backTo(scene, before.said, differences, at);
  if (back !== null) return { state: { ...state, said: null }, events: [back] };
  const dropped = changes.find(({ field }) => field === 'imoNumber')?.before;
  const listed = typeof dropped === 'number' ? scene.around.register.statusOn(dropped, at, at) : [];
  const [earliest] = [...changes].sort((a, b) => a.since - b.since);
  const told: Told = {
    kind: 'said',
    fix: { ...earliest.fix, at: earliest.since },
    differences,
    other: null,
    confidence: listed.length > 0 ? CONFIDENCE_OF.listed : confidenceOf(differences),
    facts: {
      heldH: rounded((heardUpTo - earliest.since) / HOUR_MS, 1),
      droppedListedNumber: listed.map(({ list, designatedOn, source }) => ({ list, designatedOn, source })),
    },
    at,
  };
  return { state: { ...state, said: told }, events: openAndClose(scene, told, at) };
}

function confidenceOf(differences: readonly Difference[]): number {
  const single = differences.map(({ field }) =>
    field === 'mmsi' || field === 'flag' ? 0 : CONFIDENCE[field],
  );
  const most = Math.max(...single);
  return differences.length > 1 ? Math.max(most, CONFIDENCE_OF.several) : most;
}

/** The retraction of a change whose values came back soon; an IMO number that comes back is no slip of the keyboard. */
function backTo(scene: Scene, said: Told | null, now: readonly Difference[], at: number): EventDraft | null {
  if (said === null || at - said.at > scene.params.revertD * DAY_MS) return null;
  const isUndone = said.differences.every((was) => {
    const back = now.find(({ field }) => field === was.field);
    if (back === undefined || was.field === 'imoNumber' || was.field === 'mmsi' || was.field === 'flag')
      return false;
    return isSameValue(was.field, textOf(was.from), textOf(back.to));
  });
  if (!isUndone || now.length !== said.differences.length) return null;
  return draft(scene, said, 'retracted', null, 'what it said before came back', at);
}

function textOf(value: Json): string | number {
  return typeof value === 'number' || typeof value === 'string' ? value : '';
}

/** Judges the hull's number beside the other hulls that sent it, and its MMSI beside the hulls that had it before. */
function pairUp(scene: Scene, state: IdentityState, heardUpTo: number, at: number): Step {
  const { params, vessel, around } = scene;
  const { claim } = state;
  if (claim === null || !around.claims.isContested(claim.imoNumber, vessel.mmsi))
    return { state, events: [] };
  const claims = around.claims.of(claim.imoNumber);
  const own = claims.findLast(({ vessel: { vesselId } }) => vesselId === vessel.vesselId);
  if (own === undefined) return { state, events: [] };
  const earlier = earlierClaim(claims, own, params.mostHulls);
  if (earlier === null) return reusedMmsi(scene, state, own, heardUpTo, at);
  const hold = listenMs(earlier, params.holdH * HOUR_MS);
  if (heardUpTo - own.from < hold) return { state, events: [] };
  const limits = { linkMs: params.linkD * DAY_MS, overlapMs: params.overlapH * HOUR_MS };
  return judged(scene, state, { own, earlier, verdict: oneShip(own, earlier, limits), fix: claim.fix }, at);
}

type Pair = {
  readonly own: ImoClaim;
  readonly earlier: ImoClaim;
  readonly verdict: OneShip;
  readonly fix: Fix;
};

function judged(scene: Scene, state: IdentityState, pair: Pair, at: number): Step {
  const { own, earlier, verdict, fix } = pair;
  const known = state.pair?.other?.vesselId === earlier.vessel.vesselId ? state.pair : null;
  if (verdict.verdict === 'clone') {
    if (known?.kind === 'clone') return maybeOver(scene, state, known, pair, at);
    const told = cloneOf(pair, verdict, at);
    const taken =
      known === null
        ? []
        : [draft(scene, known, 'retracted', null, 'the MMSI before it was heard again elsewhere', at)];
    const events = [...taken, draft(scene, told, 'opened', null, null, at)];
    return { state: { ...state, pair: told, isCloneOpen: true }, events };
  }
  if (known?.kind === 'clone') return maybeOver(scene, state, known, pair, at);
  if (known !== null || verdict.verdict === 'undecided') return { state, events: [] };
  const told: Told = {
    kind: 'mmsi',
    fix,
    differences: differencesBetween(earlier, own),
    other: earlier.vessel,
    confidence: verdict.verdict === 'continued' ? CONFIDENCE_OF.continued : CONFIDENCE_OF.afterABreak,
    facts: {
      imoNumber: own.imoNumber,
      link: {
        from: earlier.vessel.vesselId,
        to: own.vessel.vesselId,
        since: isoOf(own.from),
        isSameShip: verdict.verdict === 'continued',
      },
      lastUnderOldMmsi: { ...earlier.last, at: isoOf(earlier.last.at) },
      gapH: rounded(verdict.gapMs / HOUR_MS, 1),
    },
    at,
  };
  return { state: { ...state, pair: told }, events: openAndClose(scene, told, at) };
}

function cloneOf(
  { own, earlier, fix }: Pair,
  verdict: Extract<OneShip, { verdict: 'clone' }>,
  at: number,
): Told {
  return {
    kind: 'clone',
    fix,
    differences: differencesBetween(earlier, own),
    other: earlier.vessel,
    confidence: verdict.isAtOnce ? CONFIDENCE_OF.clone : CONFIDENCE_OF.unreachable,
    facts: {
      imoNumber: own.imoNumber,
      isAtOnce: verdict.isAtOnce,
      apartKm: Math.round(verdict.apartM / 1000),
      otherLast: { ...earlier.last, at: isoOf(earlier.last.at) },
      ownLast: { ...own.last, at: isoOf(own.last.at) },
    },
    at,
  };
}

/** A clone ends when one of the two is no longer heard. */
function maybeOver(scene: Scene, state: IdentityState, told: Told, { own, earlier }: Pair, at: number): Step {
  const bothUntil = Math.min(own.last.at, earlier.last.at);
  if (!state.isCloneOpen || at - bothUntil <= scene.params.apartD * DAY_MS) return { state, events: [] };
  const reason = `one of the two was not heard for ${scene.params.apartD} days`;
  const events = [draft(scene, told, 'closed', Math.max(bothUntil, told.fix.at), reason, at)];
  return { state: { ...state, isCloneOpen: false }, events };
}

/** Another hull had the MMSI before, and sent another IMO number. */
function reusedMmsi(scene: Scene, state: IdentityState, own: ImoClaim, heardUpTo: number, at: number): Step {
  const { params, vessel, around } = scene;
  if (state.pair !== null || state.claim === null) return { state, events: [] };
  const before = around.claims
    .ofMmsi(vessel.mmsi)
    .filter((claim) => claim.vessel.vesselId !== vessel.vesselId && claim.imoNumber !== own.imoNumber)
    .filter((claim) => claim.last.at < own.first.at)
    .sort((a, b) => b.last.at - a.last.at)[0];
  if (before === undefined || heardUpTo - own.from < listenMs(before, params.holdH * HOUR_MS))
    return { state, events: [] };
  const told: Told = {
    kind: 'reused-mmsi',
    fix: state.claim.fix,
    differences: differencesBetween(before, own),
    other: before.vessel,
    confidence: CONFIDENCE_OF.reusedMmsi,
    facts: { lastUnderOldNumber: { ...before.last, at: isoOf(before.last.at) } },
    at,
  };
  return { state: { ...state, pair: told }, events: openAndClose(scene, told, at) };
}

function differencesBetween(before: ImoClaim, own: ImoClaim): readonly Difference[] {
  const [was, is]: readonly SaidValues[] = [saidBy(before.identity), saidBy(own.identity)];
  const flags = [before, own].map(({ vessel }) => flagOfMid(midOf(vessel.mmsi)));
  const said = SAID_FIELDS.flatMap((field): Difference[] => {
    const [from, to] = [was[field], is[field]];
    return from === null || to === null || isSameValue(field, from, to) ? [] : [{ field, from, to }];
  });
  return [
    ...(before.vessel.mmsi === own.vessel.mmsi
      ? []
      : [{ field: 'mmsi' as const, from: before.vessel.mmsi, to: own.vessel.mmsi }]),
    ...(flags[0] === flags[1] ? [] : [{ field: 'flag' as const, from: flags[0], to: flags[1] }]),
    ...said,
  ];
}

/** A change has no length: it is told as an event that is over. */
function openAndClose(scene: Scene, told: Told, at: number): readonly EventDraft[] {
  return [draft(scene, told, 'opened', null, null, at), draft(scene, told, 'closed', told.fix.at, null, at)];
}

/** Asks to be woken when something may have held, or the other hull may have been heard again. */
function armed(scene: Scene, state: IdentityState, at: number, heardUpTo: number): Reaction<IdentityState> {
  const { params, around, vessel } = scene;
  const holdMs = params.holdH * HOUR_MS;
  const wants: number[] = [settlesAt(state.settled, holdMs)];
  if (state.claim !== null && at - state.claim.fix.at <= params.linkD * DAY_MS) {
    const isContested = around.claims.isContested(state.claim.imoNumber, vessel.mmsi);
    if (isContested) wants.push(state.claim.fix.at + holdMs);
  }
  if (state.isCloneOpen) wants.push(at + DAY_MS);
  const soonest = Math.min(...wants);
  if (soonest === Infinity || (state.wakeAt > at && state.wakeAt <= soonest)) return { state };
  // A ship that is silent is asked for less and less often.
  const wakeAt = soonest > at ? soonest : at + Math.max(holdMs, at - heardUpTo);
  return { state: { ...state, wakeAt }, wakeAt };
}

function draft(
  { params, vessel, around }: Scene,
  told: Told,
  change: EventDraft['change'],
  closedAt: number | null,
  reason: string | null,
  at: number,
): EventDraft {
  const { kind, fix, differences, other } = told;
  const port = namedPort(around.gazetteer, fix.lon, fix.lat, NEAR_PORT_KM);
  const mids = [...new Set([other?.mmsi ?? vessel.mmsi, vessel.mmsi].map(midOf))];
  return {
    type: ID,
    change,
    vessels: [eventVessel(vessel), ...(other === null ? [] : [other])],
    discriminator: [kind, ...differences.map(({ field }) => field).sort()].join(' '),
    firstToldAt: fix.at,
    openedAt: fix.at,
    closedAt,
    lon: fix.lon,
    lat: fix.lat,
    port: port && { id: port.port.id, name: port.port.name, country: port.port.country },
    verdict: null,
    confidence: told.confidence,
    nexus: nexusOf(vessel, at, around.register).length > 0,
    evidence: {
      kind,
      first: fixEvidence(fix),
      changes: differences.map(({ field, from, to }) => ({ field, from, to })),
      flags: mids.flatMap(flagFacts),
      ...told.facts,
      holdH: params.holdH,
      linkD: params.linkD,
      judgedUpTo: isoOf(at),
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
  title: 'Identity change',
  summary:
    'A hull changed its IMO number, name, call sign or size; an IMO number moved to another MMSI, or was sent from two hulls at once; or an MMSI came to be used with another IMO number.',
  life: [
    'A change opens with the report that first had it, once the ship was heard to keep it for 3 hours, and is closed at once: it has no length.',
    'A number that moves to a new MMSI within 30 days, where the ship can have been, continues the same ship: the event is the record of the link. It is retracted when the old MMSI is heard again elsewhere.',
    'A number sent from two places at once is a clone: open until one of the two was not heard for 7 days.',
    'A name, call sign or size that comes back within 7 days retracts the change.',
  ],
  silentFor: [
    'padding, spelling, punctuation, names cut at 20 characters, `@` noise',
    'ship types, destinations, draughts',
    'lengths and breadths that differ as antenna distances do when they are typed again',
    'a value that flips back before it has held, and the one that stood before it if that had not held either',
    'a field that was empty before',
    'MMSIs of one country',
    'placeholders: 1234567, and a number sent under more than four MMSIs',
    'two transponders of one ship',
  ],
  limits: [
    'Static reports are typed in by the crew; a change says nothing on why.',
    'Where hulls share an MMSI, a report without a position is counted to the hull heard last.',
    'Without an IMO number a ship under a new MMSI is another hull: nothing is merged by name alone.',
  ],
  innocent: [
    'the ship was sold, renamed or re-flagged, as thousands are every year',
    'the transponder was replaced, or set up by the yard',
    'a typing mistake in the IMO number that is another ship\u2019s',
  ],
  sources: [
    'ITU-R M.1371-5, messages 5, 19 and 24; ITU-R M.585-9: MMSIs',
    'facts on flags: as cited with each, compiled from lists and press reports of the time',
  ],
} as const;
