import { DAY_MS, HOUR_MS, isoOf, MINUTE_MS } from '@offing/units';
import { Type, type Static } from 'typebox';
import type { EventChange, EventDraft, Json } from '../event.ts';
import { eventVessel, rounded } from '../evidence.ts';
import { nexusOf, type Nexus } from '../nexus.ts';
import { numberParam, parseParams } from '../params.ts';
import type { Meeting, MeetingPart } from '../place/meeting.ts';
import { lengthOfPart, lookAlikeOf, type LookAlike } from '../place/meeting-look-alikes.ts';
import type { NexusEntry } from '../place/nexus-entry.ts';
import { meetingWaters, type MeetingWaters } from '../place/meeting-waters.ts';
import type { Reaction, Rule, Surroundings } from '../rule.ts';
import type { Signal, VesselView } from '../signal.ts';

const ID = 'encounter';
const VERSION = 1;

const schema = Type.Object({
  withinM: numberParam(500, 50, 1000, 'The two are no farther apart than this; metres [GFW encounters].'),
  leastH: numberParam(2, 0.5, 48, 'A meeting lasts at least this long; hours [GFW encounters].'),
  slowKn: numberParam(
    2,
    0.1,
    5,
    'Both are slower than this at every instant of a 10-minute grid; kn [GFW encounters].',
  ),
  mostLegMin: numberParam(
    70,
    10,
    180,
    'Nothing is interpolated over more time than this; minutes [detections.md].',
  ),
  anchorageKm: numberParam(
    10,
    0,
    30,
    'At least this far from every anchorage point, unless one side has a link to the DPRK; km [GFW encounters].',
  ),
  joinH: numberParam(
    24,
    1,
    168,
    'Meetings of one pair less than this apart are parts of one encounter; hours [GFW encounters].',
  ),
  crowd: numberParam(3, 1, 50, 'So many other slow ships within 1.5 km make a place roads [ours].'),
  alongsideM: numberParam(
    200,
    20,
    500,
    'In roads, ships at anchor farther apart than this are not alongside each other; metres [ours].',
  ),
  longestNearH: numberParam(
    72,
    2,
    720,
    'In roads, ships that lie side by side for longer have not met but lie there; hours [ours].',
  ),
  linkD: numberParam(
    180,
    1,
    730,
    'For so long a meeting links a ship to the DPRK, second hand, when the other had a link of its own; days [as a port visit, detections.md].',
  ),
});

/** Parameters of the rule; units are in the names. */
export type EncounterParams = Static<typeof schema>;

/** What the rule remembers of a meeting that it told of. */
type Told = {
  readonly firstToldAt: number;
  /** The length of the newest part at which it tells again, hours. */
  readonly nextTellH: number;
  readonly parts: number;
  readonly withdrawn: boolean;
};

/** What the rule remembers of a ship: by the other's vessel id, the meetings that it told of. */
export type EncounterState = ReadonlyMap<string, Told>;

/** Returns the rule on two ships that meet at sea; a RangeError lists faulty parameters. */
export function encounter(given: Readonly<Record<string, unknown>> = {}): Rule<EncounterState> {
  const params = parseParams(ID, schema, given);
  return {
    id: ID,
    version: VERSION,
    docs,
    paramsSchema: schema,
    params,
    signals: ['meeting'],
    react: (state, signal, vessel, around) => react(params, state, signal, vessel, around),
  };
}

/** Two ships, how their meeting stands, and what is known of them and of the place. */
type Scene = {
  readonly params: EncounterParams;
  readonly at: number;
  readonly vessels: readonly [VesselView, VesselView];
  readonly nexus: readonly [readonly Nexus[], readonly Nexus[]];
  readonly meeting: Meeting;
  readonly waters: MeetingWaters;
  readonly lookAlike: LookAlike | null;
};

function react(
  params: EncounterParams,
  state: EncounterState | undefined,
  signal: Signal,
  vessel: VesselView,
  around: Surroundings,
): Reaction<EncounterState> {
  if (signal.kind !== 'meeting') return { state };
  const { other, meeting, at } = signal;
  const told = state?.get(other.vesselId);
  if (meeting.phase === 'over') return { state: without(state, other.vesselId) };
  if (told === undefined && meeting.phase !== 'lasts') return { state };
  const scene = sceneOf(params, at, [vessel, other], meeting, around);
  const [next, events] = tell(scene, told);
  const hasHeld = meeting.phase === 'moved-on' && !meeting.leftTogether && told?.withdrawn === false;
  const links = hasHeld ? linksOf(scene) : {};
  if (next === undefined) return { state, ...links };
  return { state: new Map(state).set(other.vesselId, next), events };
}

function without(state: EncounterState | undefined, vesselId: string): EncounterState | undefined {
  const rest = new Map(state);
  rest.delete(vesselId);
  return rest.size === 0 ? undefined : rest;
}

function sceneOf(
  params: EncounterParams,
  at: number,
  vessels: readonly [VesselView, VesselView],
  meeting: Meeting,
  { gazetteer, register }: Surroundings,
): Scene {
  const part = meeting.parts[meeting.parts.length - 1];
  const waters = meetingWaters(part.lon, part.lat, params.anchorageKm, gazetteer);
  const [one, other] = vessels;
  const nexus = [nexusOf(one, part.to, register), nexusOf(other, part.to, register)] as const;
  const lookAlike = lookAlikeOf(
    {
      vessels,
      hasNexus: nexus.some((reasons) => reasons.length > 0),
      meeting,
      waters,
      crowd: params.crowd,
      alongsideM: params.alongsideM,
      longestNearMs: params.longestNearH * HOUR_MS,
    },
    gazetteer,
  );
  return { params, at, vessels, nexus, meeting, waters, lookAlike };
}

/** The link that each side gives the other, where it has one of its own: what is second hand goes no further. */
function linksOf({
  params,
  meeting,
  vessels,
  nexus,
}: Scene): Pick<Reaction<EncounterState>, 'nexus' | 'nexusOfOther'> {
  const { parts } = meeting;
  const [first] = parts;
  const last = parts[parts.length - 1];
  const entriesFrom = (side: 0 | 1): readonly NexusEntry[] => {
    const own = nexus[side].filter((reason) => reason['secondHand'] !== true);
    if (own.length === 0) return [];
    const { mmsi, vesselId } = vessels[side];
    const how = `met a ship with a link (MMSI ${mmsi}) at sea on ${isoOf(last.to).slice(0, 10)}: ${String(own[0]['how'])}`;
    const until = last.to + params.linkD * DAY_MS;
    const source = 'observed meeting (rule encounter)';
    return [
      {
        kind: 'encounter',
        key: vesselId,
        from: first.from,
        until,
        how,
        source,
        secondHand: true,
        note: null,
      },
    ];
  };
  return { nexus: entriesFrom(1), nexusOfOther: entriesFrom(0) };
}

/** What comes of a meeting as it now stands: what to remember (undefined: no change) and what to tell. */
function tell(scene: Scene, told: Told | undefined): [Told | undefined, readonly EventDraft[]] {
  const { meeting, lookAlike } = scene;
  const { phase, parts } = meeting;
  if (told?.withdrawn === true) return [undefined, []];
  // Once parted, who else lies there says nothing more of the meeting; only where the two went does.
  const isTaken = lookAlike !== null && (phase === 'lasts' || meeting.leftTogether);
  if (told === undefined) {
    if (isTaken) return [undefined, []];
    const first = {
      firstToldAt: parts[0].from,
      nextTellH: 2 * newestH(parts),
      parts: parts.length,
      withdrawn: false,
    };
    return [first, [draft(scene, first, 'opened', null)]];
  }
  if (isTaken) {
    const reason = `what was seen since looks like ${lookAlike}`;
    return [{ ...told, withdrawn: true }, [draft(scene, told, 'retracted', reason)]];
  }
  if (phase === 'parted') return [told, [draft(scene, told, 'closed', null)]];
  if (phase !== 'lasts') return [undefined, []];
  const grown = newestH(parts) >= told.nextTellH;
  if (!grown && parts.length === told.parts) return [undefined, []];
  const next = { ...told, nextTellH: 2 * newestH(parts), parts: parts.length };
  return [next, [draft(scene, next, 'revised', null)]];
}

function newestH(parts: readonly MeetingPart[]): number {
  return lengthOfPart(parts[parts.length - 1]) / HOUR_MS;
}

function draft(scene: Scene, told: Told, change: EventChange, reason: string | null): EventDraft {
  const { params, vessels, nexus, waters, at } = scene;
  const { parts } = scene.meeting;
  const last = parts[parts.length - 1];
  const goesOn = change === 'opened' || change === 'revised';
  const { port } = waters;
  return {
    type: ID,
    change,
    vessels: vessels.map(eventVessel),
    discriminator: '',
    firstToldAt: told.firstToldAt,
    openedAt: parts[0].from,
    closedAt: goesOn ? null : last.to,
    lon: rounded(last.lon, 5),
    lat: rounded(last.lat, 5),
    port: port && { id: port.id, name: port.name, country: port.country },
    verdict: null,
    confidence: confidenceOf(scene),
    nexus: nexus.some((reasons) => reasons.length > 0),
    evidence: evidenceOf(scene),
    feeds: [...new Set(vessels.flatMap((vessel) => vessel.feeds))].sort(),
    synthetic: vessels.some((vessel) => vessel.synthetic),
    ruleVersion: VERSION,
    ruleParams: params,
    reason,
    knownSince: at,
  };
}

/** How sure it is that the two met: less near anchorages, where they may be unknown, and where little was heard. */
function confidenceOf({ params, waters, meeting }: Scene): number {
  const last = meeting.parts[meeting.parts.length - 1];
  const longestLegMs = Math.max(...last.sides.map((side) => side.longestLegMs));
  const heard = 1 - longestLegMs / (2 * params.mostLegMin * MINUTE_MS);
  const place = waters.isNearAnchorage ? 0.5 : waters.isCharted ? 0.9 : 0.4;
  const near = last.meanM <= params.alongsideM ? 0.05 : 0;
  return rounded(Math.min(0.95, place * heard + near), 2);
}

function evidenceOf(scene: Scene): { readonly [key: string]: Json } {
  const { params, meeting, waters, vessels } = scene;
  const { parts } = meeting;
  const lengthMs = parts.reduce((sum, part) => sum + lengthOfPart(part), 0);
  const km = (value: number | null): number | null => (value === null ? null : rounded(value, 1));
  return {
    lengthH: rounded(lengthMs / HOUR_MS, 2),
    leastH: params.leastH,
    closestM: Math.round(Math.min(...parts.map((part) => part.closestM))),
    withinM: params.withinM,
    slowKn: params.slowKn,
    parts: parts.map(partEvidence),
    sides: vessels.map((vessel, side) => sideEvidence(scene, vessel, side)),
    anchorageKm: km(waters.anchorageKm),
    anchorageLimitKm: params.anchorageKm,
    portKm: km(waters.watchedKm),
    nearestPortKm: km(waters.portKm),
    shoreKm: km(waters.shoreKm),
    anchoragesKnown: waters.isCharted,
    otherSlowShips: meeting.phase === 'lasts' ? meeting.others : null,
    seenApartBefore: meeting.seenApart,
    looksLike: scene.lookAlike,
  };
}

function partEvidence(part: MeetingPart): Json {
  return {
    from: isoOf(part.from),
    to: isoOf(part.to),
    instants: part.instants,
    closestM: Math.round(part.closestM),
    closestAt: isoOf(part.closestAt),
    meanM: Math.round(part.meanM),
    lon: rounded(part.lon, 5),
    lat: rounded(part.lat, 5),
  };
}

function sideEvidence({ meeting, nexus }: Scene, vessel: VesselView, side: number): Json {
  const { identity } = vessel;
  const { meanSogKn, atAnchor, longestLegMs } = meeting.parts[meeting.parts.length - 1].sides[side];
  return {
    mmsi: vessel.mmsi,
    imoNumber: identity.imoNumber,
    shipName: identity.shipName,
    shipType: identity.shipType,
    lengthM: identity.lengthM,
    meanSogKn: rounded(meanSogKn, 2),
    atAnchorShare: rounded(atAnchor, 2),
    longestInterpolatedMin: rounded(longestLegMs / MINUTE_MS, 1),
    nexus: nexus[side],
  };
}

const docs = {
  title: 'Encounter',
  summary:
    'Two ships lay or drifted side by side at sea for two hours or more, as for a handover of cargo, fuel or people.',
  life: [
    'Ships are compared on a grid of ten minutes of event time, with places interpolated between two positions no more than 70 minutes apart; an instant is judged when the stream has passed it by that time.',
    'Opens when the two have been within 500 m, both below 2 kn, for 2 hours. One instant farther apart, up to twice the distance, does not part them: fixes are a little wrong.',
    'Is revised when its length doubles and when the two meet again less than 24 hours later: that is one encounter, with its parts listed.',
    'Closes when they part.',
    'Is retracted when they turn out to have moved on together, or to lie in roads.',
  ],
  silentFor: [
    'ships in one anchorage: nearer than 10 km to an anchorage point or to a port, unless one side has a link to the DPRK; then ships that lie apart from each other at anchor, in a crowd, for more than 3 days, or that were not seen coming',
    'ships at a berth',
    'ships that came or left side by side: convoys, a tug and its tow, pair trawlers, a ship and its boats',
    'two fishing boats; two class B craft that do not say that they are traders; meetings with tugs, pilots, patrol boats and other service craft, without a link to the DPRK',
    'devices that have no ship\u2019s MMSI (boats, helicopters, buoys, beacons), two hulls on one MMSI, and two MMSIs with one IMO number or one name and call sign',
  ],
  limits: [
    'What is handed over, or whether anything is, AIS cannot show.',
    'Anchorage points are known for East Asia alone. Elsewhere roads are told by other ships around and by the status at anchor, and confidence is low.',
    'Two ships that travelled side by side for an hour before they met, or went on so, are not told.',
    'A ship that reports less often than once in 70 minutes is not compared.',
    'Ships whose fixes are wrong by more than about 300 m are not within 500 m of each other, or only seem to be.',
    'Of a crowd, each ship is compared with its eight nearest.',
  ],
  innocent: [
    'bunkering, provisions, spare parts or a crew change',
    'a survey, an inspection or help to a ship in trouble',
    'lightering that is allowed and declared',
    'two ships that drift while they wait for orders, near each other by chance',
  ],
  sources: [
    'GlobalFishingWatch encounters: within 500 m for 2 hours below 2 kn, at least 10 km from an anchorage; joined over 24 hours',
    'Grid of 10 minutes, 70 minutes at most between positions: detections.md, after GFW\u2019s resampling',
    'Crowd, alongside and length limits in roads: our own choice',
  ],
} as const;
