import { DAY_MS, isoOf, MINUTE_MS } from '@offing/units';
import { Type, type Static } from 'typebox';
import type { Match, ShipClaims } from '@offing/designations';
import type { EventChange, EventDraft } from '../event.ts';
import { eventVessel, fixEvidence } from '../evidence.ts';
import { numberParam, parseParams } from '../params.ts';
import { namedPort } from '../place/named-port.ts';
import { nexusOf } from '../nexus.ts';
import type { Reaction, Rule, Surroundings } from '../rule.ts';
import type { Fix, Signal, VesselView } from '../signal.ts';

const ID = 'designated-vessel';
const VERSION = 2;
/** How much a kind of match is worth (ours): an IMO number stays with a hull, the rest can be taken by another ship. */
const CONFIDENCE = { confirmed: 0.95, probable: 0.6, possible: 0.2 } as const;

const schema = Type.Object({
  unseenD: numberParam(
    30,
    1,
    3650,
    'The event closes when the ship was not heard for longer than this; days [ours].',
  ),
  nameWaitMin: numberParam(
    30,
    0,
    1440,
    'A ship that has said nothing of itself but a listed MMSI is given this long to say who it is; minutes [five times the 6 min between static reports, ITU-R M.1371-5; ours].',
  ),
});

/** Parameters of the rule; units are in the names. */
export type DesignatedParams = Static<typeof schema>;

/** What the rule remembers of a ship that is on a list. */
export type DesignatedState = {
  readonly first: Fix;
  /** As all that is known now of the lists has it; null when a later learnt removal took the ship off. */
  readonly match: Match | null;
  /** Whether, by all that is known now, a list held the ship at some moment of the event. */
  readonly wasHeld: boolean;
  /** Identifies the entries told, stage by stage of what was known of the lists. */
  readonly told: readonly string[];
  /** When the rule has asked to be woken, ms. */
  readonly wakeAt: number;
};

/** Returns the rule that tells when a ship that is on a list on that day is heard; a RangeError lists faulty parameters. */
export function designatedVessel(given: Readonly<Record<string, unknown>> = {}): Rule<DesignatedState> {
  const params = parseParams(ID, schema, given);
  return {
    id: ID,
    version: VERSION,
    docs,
    paramsSchema: schema,
    params,
    signals: ['identity', 'heard', 'wake'],
    react: (state, signal, vessel, around) => react({ params, vessel, around }, state, signal),
  };
}

type Scene = {
  readonly params: DesignatedParams;
  readonly vessel: VesselView;
  readonly around: Surroundings;
};

function react(scene: Scene, state: DesignatedState | undefined, signal: Signal): Reaction<DesignatedState> {
  switch (signal.kind) {
    case 'wake':
      return state === undefined ? maybeListed(scene, signal.at) : look(scene, state, signal);
    case 'identity':
    case 'heard':
      return seen(scene, state, signal.fix, signal.at);
    default:
      return { state };
  }
}

/** What held the ship as the lists were known from an instant on; null when nothing did. */
type Stage = { readonly knownSince: number; readonly match: Match | null };

/** A list changed for a ship that none held: if one holds it now, the next position is the first. */
function maybeListed(scene: Scene, at: number): Reaction<DesignatedState> {
  if (isHeld(stagesOf(scene, at))) return { state: undefined, whenHeard: true };
  return { state: undefined, ...wakeAtChange(scene, at) };
}

/** The ship was heard: does a list hold it today, and is that news? */
function seen(
  scene: Scene,
  state: DesignatedState | undefined,
  fix: Fix,
  at: number,
): Reaction<DesignatedState> {
  const stages = stagesOf(scene, at);
  if (isHeld(stages)) return held(scene, state, stages, fix, fix, at);
  const events = isListedStill(state, at)
    ? withdraw(scene, state, at)
    : close(scene, state, fix, NO_LONGER_LISTED, at);
  return { state: undefined, events, ...wakeAtChange(scene, at) };
}

/** Whether the lists hold what was told as ever, so that it is the ship that turned out to be another. */
function isListedStill(
  state: DesignatedState | undefined,
  at: number,
): state is DesignatedState & { match: Match } {
  const entries = state?.match?.entries ?? [];
  return entries.some((entry) => entry.delistedOn === null || at < Date.parse(entry.delistedOn) + DAY_MS);
}

function withdraw(
  scene: Scene,
  { first, match }: DesignatedState & { match: Match },
  at: number,
): readonly EventDraft[] {
  const knownSince = learntBy(match, at);
  return [
    draft(scene, { first, match, change: 'retracted', closedAt: null, reason: ANOTHER, at, knownSince }),
  ];
}

/** An instant came at which something may have ended: the ship is long unheard, or a list changed. */
function look(
  scene: Scene,
  state: DesignatedState,
  { lastFix, at }: { readonly lastFix: Fix; readonly at: number },
): Reaction<DesignatedState> {
  if (at > unseenAt(scene, lastFix)) {
    const reason = `not heard for ${scene.params.unseenD} days`;
    return { state: undefined, events: close(scene, state, lastFix, reason, at), whenHeard: true };
  }
  const stages = stagesOf(scene, at);
  if (isHeld(stages)) return held(scene, state, stages, state.first, lastFix, at);
  return {
    state: undefined,
    events: close(scene, state, lastFix, NO_LONGER_LISTED, at),
    ...wakeAtChange(scene, at),
  };
}

/**
 * A list holds the ship: the event opens, is revised when other entries hold it than were told, or just goes on. What is
 * learnt of the lists later than the moment is told too, as versions known since then: a list that was imported years
 * after the sighting, or a removal that came to be known late.
 */
function held(
  scene: Scene,
  state: DesignatedState | undefined,
  stages: readonly Stage[],
  first: Fix,
  lastFix: Fix,
  at: number,
): Reaction<DesignatedState> {
  const begun = state?.first ?? first;
  const waitUntil = begun.at + scene.params.nameWaitMin * MINUTE_MS;
  if ((state?.told.length ?? 0) === 0 && at < waitUntil && isUnnamed(scene.vessel))
    return { state: { ...NOTHING_TOLD, first: begun, wakeAt: waitUntil }, wakeAt: waitUntil };
  const told = stages.map(({ match }) => keyOf(match));
  const due = Math.max(at, Math.min(unseenAt(scene, lastFix), nextChange(scene, at) - 1));
  // A timer that is set already does: when it comes, the next is set from what is known then.
  const armed = state !== undefined && state.wakeAt >= at && state.wakeAt <= due;
  const wakeAt = armed ? state.wakeAt : due;
  const { match } = stages[stages.length - 1];
  const wasHeld = match !== null || state?.wasHeld === true;
  const next: DesignatedState = { first: begun, match, wasHeld, told, wakeAt };
  const wake = armed ? {} : { wakeAt };
  // With time the stages become fewer: what is left of them was told.
  if (state !== undefined && isEndOf(told, state.told)) return { state: next, ...wake };
  const scope = { first: next.first, lastFix, at, told: state?.told ?? [], wasHeld };
  return { state: next, events: versionsOf(scene, stages, scope), ...wake };
}

const NOTHING_TOLD = { match: null, wasHeld: false, told: [] } as const;

/** Whether the hull has said nothing of itself yet: its MMSI may be another ship's by now. */
function isUnnamed({ identity }: VesselView): boolean {
  return identity.imoNumberAsSent === null && identity.shipName === null && identity.callSign === null;
}

/** What the versions of a telling have in common; `told` is what was told before. */
type Scope = {
  readonly first: Fix;
  readonly lastFix: Fix;
  readonly at: number;
  readonly told: readonly string[];
  readonly wasHeld: boolean;
};

/** One version for each stage of what was known, from the first in which a list holds the ship. */
function versionsOf(scene: Scene, stages: readonly Stage[], scope: Scope): readonly EventDraft[] {
  const { first, lastFix, at, told, wasHeld } = scope;
  const drafts: EventDraft[] = [];
  let last: Match | null =
    told.length > 0 ? (stages.find((stage) => stage.match !== null)?.match ?? null) : null;
  for (const [place, { knownSince, match }] of stages.entries()) {
    if (place === 0 && told.includes(keyOf(match))) continue;
    const isNew = told.length === 0 && last === null;
    const entries: Match | null = match ?? last;
    if (entries === null) continue;
    last = entries;
    const common = { first, match: entries, at, knownSince };
    if (match !== null) {
      const change = isNew ? 'opened' : 'revised';
      drafts.push(draft(scene, { ...common, change, closedAt: null, reason: isNew ? null : CHANGED }));
    } else if (wasHeld) {
      drafts.push(
        draft(scene, { ...common, change: 'closed', closedAt: lastFix.at, reason: NO_LONGER_LISTED }),
      );
    } else {
      drafts.push(draft(scene, { ...common, change: 'retracted', closedAt: null, reason: LEARNT_REMOVED }));
    }
  }
  return drafts;
}

const NO_LONGER_LISTED = 'no list holds the ship any longer';
const ANOTHER = 'it sends the IMO number of another ship, so that it was not the one on the list';
const LEARNT_REMOVED = 'it was learnt that the list had removed the ship before';
const CHANGED = 'the lists that hold the ship changed';

function close(
  scene: Scene,
  state: DesignatedState | undefined,
  lastFix: Fix,
  reason: string,
  at: number,
): readonly EventDraft[] {
  if (state === undefined || state.match === null) return [];
  const { first, match } = state;
  const knownSince = learntBy(match, at);
  return [draft(scene, { first, match, change: 'closed', closedAt: lastFix.at, reason, at, knownSince })];
}

/** When what is told at a moment could be known: not before the first of the entries was. */
function learntBy(match: Match, at: number): number {
  return Math.max(at, Math.min(...match.entries.map((entry) => entry.knownSince)));
}

/** What the lists have on the ship at a moment: as they were known then, and as they came to be known after. */
function stagesOf(scene: Scene, at: number): readonly Stage[] {
  const claims = claimsOf(scene.vessel);
  const { register } = scene.around;
  const told = (match: Match | null) => (match?.level === 'possible' ? null : match);
  const stages: Stage[] = [{ knownSince: at, match: told(register.match(claims, at, at)) }];
  for (const knownSince of register.learntAfter(claims, at)) {
    const match = told(register.match(claims, at, knownSince));
    if (keyOf(match) !== keyOf(stages[stages.length - 1].match)) stages.push({ knownSince, match });
  }
  return stages;
}

function isHeld(stages: readonly Stage[]): boolean {
  return stages.some((stage) => stage.match !== null);
}

function isEndOf(part: readonly string[], whole: readonly string[]): boolean {
  return (
    part.length <= whole.length &&
    part.every((key, place) => key === whole[whole.length - part.length + place])
  );
}

function unseenAt({ params }: Scene, lastFix: Fix): number {
  return lastFix.at + params.unseenD * DAY_MS;
}

/** The first instant after `at` at which a list changes for anything that the hull sent as its own, ms; Infinity when never. */
function nextChange({ vessel, around }: Scene, at: number): number {
  return around.register.changesFor(claimsOf(vessel), at);
}

function wakeAtChange(scene: Scene, at: number): { readonly wakeAt?: number } {
  const change = nextChange(scene, at);
  // A timer speaks when event time has passed it: the first position of the day is to be heard with it.
  return change === Infinity ? {} : { wakeAt: change - 1 };
}

/** Everything that the hull sent as its own: a number that it no longer sends still tells which ship it is. */
function claimsOf({ identity, mmsi }: VesselView): ShipClaims {
  const { imoNumberAsSent, imoNumbers, callSign, shipName } = identity;
  return {
    imoNumber: imoNumberAsSent,
    earlierImoNumbers: [...imoNumbers].reverse(),
    mmsi,
    callSign,
    shipName,
  };
}

function keyOf(match: Match | null): string {
  if (match === null) return 'none';
  return `${match.level} ${match.entries
    .map((entry) => entry.designationId)
    .sort()
    .join(' ')}`;
}

/** A version to be told. */
type Telling = {
  readonly first: Fix;
  readonly match: Match;
  readonly change: EventChange;
  readonly closedAt: number | null;
  readonly reason: string | null;
  readonly at: number;
  readonly knownSince: number;
};

function draft({ params, vessel, around }: Scene, telling: Telling): EventDraft {
  const { first, match, change, closedAt, reason, at, knownSince } = telling;
  const port = namedPort(around.gazetteer, first.lon, first.lat, 50);
  return {
    type: ID,
    change,
    vessels: [eventVessel(vessel)],
    discriminator: '',
    firstToldAt: first.at,
    openedAt: first.at,
    closedAt,
    lon: first.lon,
    lat: first.lat,
    port: port && { id: port.port.id, name: port.port.name, country: port.port.country },
    verdict: null,
    confidence: CONFIDENCE[match.level],
    nexus: nexusOf(vessel, at, around.register).length > 0,
    evidence: {
      first: fixEvidence(first),
      level: match.level,
      matchedBy: match.how,
      sentImoNumbers: [...vessel.identity.imoNumbers],
      sentName: vessel.identity.shipName,
      sentCallSign: vessel.identity.callSign,
      designations: match.entries.map((entry) => ({
        list: entry.list,
        shipName: entry.shipName,
        imoNumber: entry.imoNumber,
        designatedOn: entry.designatedOn,
        delistedOn: entry.delistedOn !== null && Date.parse(entry.delistedOn) <= at ? entry.delistedOn : null,
        knownSince: isoOf(entry.knownSince),
        program: entry.program,
        source: entry.source,
      })),
      judgedUpTo: isoOf(at),
      unseenD: params.unseenD,
    },
    feeds: vessel.feeds,
    synthetic: vessel.synthetic,
    ruleVersion: VERSION,
    ruleParams: params,
    reason,
    knownSince,
  };
}

const docs = {
  title: 'Designated vessel',
  summary: 'A ship was heard that a sanctions list holds on that day, matched by the numbers it sent.',
  life: [
    'Opens with the position at which the ship is known to have sent a number that a list holds on that day (UTC), or, when the list takes it in later, with the first position from that day on.',
    'Is revised when the lists that hold it change, or when a list that is read later turns out to have held it; each version says since when it was known.',
    'Is retracted when it is learnt later that the ship had been removed before, or when a ship that was matched by a listed MMSI turns out to send the number of another.',
    'Closes when no list holds the ship any longer (the day of removal is its last listed day), or when it was not heard for 30 days; a later sighting opens a new event.',
  ],
  silentFor: [
    'a ship that was delisted, or is listed later',
    'an IMO number that fails its check digit',
    "a company's IMO number: only ships of the lists are matched",
    'a name alone',
    'a listed MMSI, or a listed name and call sign, sent with the sound IMO number of another ship',
  ],
  limits: [
    'An IMO number in AIS is typed in by the crew: another ship can send it.',
    'Lists are as the compiled history or the imported snapshots have them; a missing entry is not a clean record.',
  ],
  innocent: [
    'another ship sends the number by mistake',
    'the ship was sold, renamed or released since, and the list has not followed',
    'a listing restricts certain dealings; being at sea is not one of them',
  ],
  sources: [
    'IMO Resolution A.1117(30): check digit',
    'UN Security Council resolution 1718 list, EU Regulation 2017/1509, OFAC SDN list, as compiled with their dates',
  ],
} as const;
