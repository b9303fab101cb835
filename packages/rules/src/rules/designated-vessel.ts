import { DAY_MS, isoOf } from '@offing/units';
import { Type, type Static } from 'typebox';
import type { Match } from '@offing/designations';
import type { EventChange, EventDraft } from '../event.ts';
import { eventVessel, fixEvidence } from '../evidence.ts';
import { numberParam, parseParams } from '../params.ts';
import { nexusOf } from '../nexus.ts';
import type { Reaction, Rule, Surroundings } from '../rule.ts';
import type { Fix, Signal, VesselView } from '../signal.ts';

const ID = 'designated-vessel';
const VERSION = 1;
/** How much a kind of match is worth (ours): an IMO number stays with a hull, the rest can be taken by another ship. */
const CONFIDENCE = { confirmed: 0.95, probable: 0.6, possible: 0.2 } as const;

const schema = Type.Object({
  unseenD: numberParam(
    30,
    1,
    3650,
    'The event closes when the ship was not heard for longer than this; days [ours].',
  ),
});

/** Parameters of the rule; units are in the names. */
export type DesignatedParams = Static<typeof schema>;

/** What the rule remembers of a ship that is on a list. */
export type DesignatedState = {
  readonly first: Fix;
  readonly match: Match;
  /** Identifies the entries in force that were last told. */
  readonly toldKey: string;
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

/** A list changed for a ship that none held: if one holds it now, the next position is the first. */
function maybeListed(scene: Scene, at: number): Reaction<DesignatedState> {
  if (strongest(scene, at) !== null) return { state: undefined, whenHeard: true };
  return { state: undefined, ...wakeAtChange(scene, at) };
}

/** The ship was heard: does a list hold it today, and is that news? */
function seen(
  scene: Scene,
  state: DesignatedState | undefined,
  fix: Fix,
  at: number,
): Reaction<DesignatedState> {
  const match = strongest(scene, at);
  if (match !== null) return held(scene, state, match, fix, fix, at);
  const events = state === undefined ? [] : [close(scene, state, fix, NO_LONGER_LISTED, at)];
  return { state: undefined, events, ...wakeAtChange(scene, at) };
}

/** An instant came at which something may have ended: the ship is long unheard, or a list changed. */
function look(
  scene: Scene,
  state: DesignatedState,
  { lastFix, at }: { readonly lastFix: Fix; readonly at: number },
): Reaction<DesignatedState> {
  if (at > unseenAt(scene, lastFix)) {
    const reason = `not heard for ${scene.params.unseenD} days`;
    return { state: undefined, events: [close(scene, state, lastFix, reason, at)], whenHeard: true };
  }
  const match = strongest(scene, at);
  if (match !== null) return held(scene, state, match, state.first, lastFix, at);
  const events = [close(scene, state, lastFix, NO_LONGER_LISTED, at)];
  return { state: undefined, events, ...wakeAtChange(scene, at) };
}

/** A list holds the ship: the event opens, is revised when other entries hold it than were told, or just goes on. */
function held(
  scene: Scene,
  state: DesignatedState | undefined,
  match: Match,
  first: Fix,
  lastFix: Fix,
  at: number,
): Reaction<DesignatedState> {
  const toldKey = keyOf(match);
  const due = Math.max(at, Math.min(unseenAt(scene, lastFix), nextChange(scene, at) - 1));
  // A timer that is set already does: when it comes, the next is set from what is known then.
  const armed = state !== undefined && state.wakeAt >= at && state.wakeAt <= due;
  const wakeAt = armed ? state.wakeAt : due;
  const next: DesignatedState = { first: state?.first ?? first, match, toldKey, wakeAt };
  const wake = armed ? {} : { wakeAt };
  if (state?.toldKey === toldKey) return { state: next, ...wake };
  const change = state === undefined ? 'opened' : 'revised';
  const reason = state === undefined ? null : 'the lists that hold the ship changed';
  return { state: next, events: [draft(scene, next, change, null, reason, at)], ...wake };
}

const NO_LONGER_LISTED = 'no list holds the ship any longer';

function close(scene: Scene, state: DesignatedState, lastFix: Fix, reason: string, at: number): EventDraft {
  return draft(scene, state, 'closed', lastFix.at, reason, at);
}

function unseenAt({ params }: Scene, lastFix: Fix): number {
  return lastFix.at + params.unseenD * DAY_MS;
}

/** The first instant after `at` at which a list changes for a number that the hull sent as its own, ms; Infinity when never. */
function nextChange({ vessel, around }: Scene, at: number): number {
  const { imoNumbers, imoNumberAsSent } = vessel.identity;
  const shifted = imoNumberAsSent !== null && imoNumberAsSent % 100 === 0 ? [imoNumberAsSent / 100] : [];
  const changes = [...imoNumbers, ...shifted].map((number) => around.register.changesAfter(number, at));
  return Math.min(...changes, Infinity);
}

function wakeAtChange(scene: Scene, at: number): { readonly wakeAt?: number } {
  const change = nextChange(scene, at);
  // A timer speaks when event time has passed it: the first position of the day is to be heard with it.
  return change === Infinity ? {} : { wakeAt: change - 1 };
}

/** The strongest match of anything that the hull ever sent as its own, or null; a name alone tells nothing here. */
function strongest({ vessel, around }: Scene, at: number): Match | null {
  const { identity, mmsi } = vessel;
  const rest = { mmsi, callSign: identity.callSign, shipName: identity.shipName };
  const numbers = [...identity.imoNumbers].reverse();
  const sent = identity.imoNumberAsSent;
  const asked = [...numbers, ...(sent === null || numbers.includes(sent) ? [] : [sent]), null];
  const found = asked.map((imoNumber) => around.register.match({ imoNumber, ...rest }, at));
  return (
    found.find((match) => match?.level === 'confirmed') ??
    found.find((match) => match?.level === 'probable') ??
    null
  );
}

function keyOf(match: Match): string {
  return `${match.level} ${match.entries
    .map((entry) => entry.designationId)
    .sort()
    .join(' ')}`;
}

function draft(
  { params, vessel, around }: Scene,
  state: DesignatedState,
  change: EventChange,
  closedAt: number | null,
  reason: string | null,
  at: number,
): EventDraft {
  const { first, match } = state;
  const port = around.gazetteer.nearestPort(first.lon, first.lat, { maxKm: 50 });
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
    knownSince: at,
  };
}

const docs = {
  title: 'Designated vessel',
  summary: 'A ship was heard that a sanctions list holds on that day, matched by the numbers it sent.',
  life: [
    'Opens with the position at which the ship is known to have sent a number that a list holds on that day (UTC), or, when the list takes it in later, with the first position from that day on.',
    'Is revised when the lists that hold it change.',
    'Closes when no list holds the ship any longer (the day of removal is its last listed day), or when it was not heard for 30 days; a later sighting opens a new event.',
  ],
  silentFor: [
    'a ship that was delisted, or is listed later',
    'an IMO number that fails its check digit',
    "a company's IMO number: only ships of the lists are matched",
    'a name alone',
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
