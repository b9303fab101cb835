import { DAY_MS, isoOf } from '@offing/units';
import { Type, type Static } from 'typebox';
import type { Match } from '@offing/designations';
import type { EventChange, EventDraft, Json } from '../event.ts';
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
    react: (state, signal, vessel, around) => react(params, state, signal, vessel, around),
  };
}

function react(
  params: DesignatedParams,
  state: DesignatedState | undefined,
  signal: Signal,
  vessel: VesselView,
  around: Surroundings,
): Reaction<DesignatedState> {
  if (signal.kind === 'wake')
    return state === undefined ? { state } : look(params, state, signal.lastFix, signal.at, vessel, around);
  if (signal.kind !== 'identity' && signal.kind !== 'heard') return { state };
  return seen(params, state, signal.fix, signal.at, vessel, around);
}

/** The ship was heard: does a list hold it today, and is that news? */
function seen(
  params: DesignatedParams,
  state: DesignatedState | undefined,
  fix: Fix,
  at: number,
  vessel: VesselView,
  around: Surroundings,
): Reaction<DesignatedState> {
  const match = strongest(vessel, at, around);
  const wake = nextLook(params, vessel, fix, at, around);
  if (match === null) {
    if (state === undefined) return { state, ...wake };
    const events = [
      draft(params, state, 'closed', fix.at, 'no list holds the ship any longer', at, vessel, around),
    ];
    return { state: undefined, events, ...wake };
  }
  const toldKey = keyOf(match);
  const next: DesignatedState = { first: state?.first ?? fix, match, toldKey };
  if (state?.toldKey === toldKey) return { state, ...wake };
  const change = state === undefined ? 'opened' : 'revised';
  const reason = state === undefined ? null : 'the lists that hold the ship changed';
  return { state: next, events: [draft(params, next, change, null, reason, at, vessel, around)], ...wake };
}

/** An instant came at which something may have ended: the ship is long unheard, or a list changed. */
function look(
  params: DesignatedParams,
  state: DesignatedState,
  lastFix: Fix,
  at: number,
  vessel: VesselView,
  around: Surroundings,
): Reaction<DesignatedState> {
  const unseenAt = lastFix.at + params.unseenD * DAY_MS;
  if (at > unseenAt) {
    const reason = `not heard for ${params.unseenD} days`;
    return {
      state: undefined,
      events: [draft(params, state, 'closed', lastFix.at, reason, at, vessel, around)],
    };
  }
  const match = strongest(vessel, at, around);
  const wake = nextLook(params, vessel, lastFix, at, around);
  if (match === null) {
    const events = [
      draft(params, state, 'closed', lastFix.at, 'no list holds the ship any longer', at, vessel, around),
    ];
    return { state: undefined, events, ...wake };
  }
  const toldKey = keyOf(match);
  if (toldKey === state.toldKey) return { state, ...wake };
  const next = { ...state, match, toldKey };
  const events = [
    draft(params, next, 'revised', null, 'the lists that hold the ship changed', at, vessel, around),
  ];
  return { state: next, events, ...wake };
}

/** The strongest match of anything that the hull ever sent as its own, or null; a name alone tells nothing here. */
function strongest(vessel: VesselView, at: number, around: Surroundings): Match | null {
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

function nextLook(
  params: DesignatedParams,
  vessel: VesselView,
  lastFix: Fix,
  at: number,
  around: Surroundings,
): { readonly wakeAt?: number } {
  const changes = vessel.identity.imoNumbers.map((imoNumber) => around.register.changesAfter(imoNumber, at));
  const listed = vessel.identity.imoNumbers.length > 0 && Math.min(...changes) < Infinity;
  const matched = strongest(vessel, at, around) !== null;
  const unseen = matched ? lastFix.at + params.unseenD * DAY_MS + 1 : Infinity;
  const next = Math.min(unseen, listed ? Math.min(...changes) : Infinity);
  return next === Infinity ? {} : { wakeAt: Math.max(next, at + 1) };
}

function keyOf(match: Match): string {
  return `${match.level} ${match.entries
    .map((entry) => entry.designationId)
    .sort()
    .join(' ')}`;
}

function draft(
  params: DesignatedParams,
  state: DesignatedState,
  change: EventChange,
  closedAt: number | null,
  reason: string | null,
  at: number,
  vessel: VesselView,
  around: Surroundings,
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
      })) as Json,
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
    'Opens with the first position after the ship sent a number that a list holds on that day (UTC).',
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
