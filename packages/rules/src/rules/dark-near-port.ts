import { HOUR_MS, isoOf, METRES_PER_NAUTICAL_MILE } from '@offing/units';
import { Type, type Static } from 'typebox';
import type { EventDraft, Json } from '../event.ts';
import { eventVessel, fixEvidence, rounded } from '../evidence.ts';
import { nexusOf } from '../nexus.ts';
import { numberParam, parseParams } from '../params.ts';
import { approachOf, type ShipApproach } from '../place/approach.ts';
import { portEvidence, reachEvidence, reachOf } from '../place/reach.ts';
import {
  followSilence,
  PORTS_LISTED,
  SILENCE_SIGNALS,
  silenceBegins,
  type SilenceLife,
  type SilenceTelling,
  type ToldSilence,
} from '../place/silence-life.ts';
import { SILENCE_PARAMS, silenceFigures } from '../place/silence.ts';
import type { Reaction, Rule, Surroundings } from '../rule.ts';
import type { Signal, TrailPoint, VesselView } from '../signal.ts';

const ID = 'dark-near-port';
const VERSION = 1;
const KM_PER_NM = METRES_PER_NAUTICAL_MILE / 1000;

const schema = Type.Object({
  ...SILENCE_PARAMS,
  portNm: numberParam(
    20,
    1,
    32,
    'The last position lies within this distance of a watched port; nautical miles [detections.md].',
  ),
  anchorageKm: numberParam(
    10,
    0,
    60,
    'Or within this distance of one of its anchorage points; km [detections.md].',
  ),
  approachNm: numberParam(
    40,
    1,
    1000,
    'The ship had come from farther away from the port than this; nautical miles [ours].',
  ),
  approachD: numberParam(
    2,
    0.25,
    30,
    'It had been that far away so lately; one that came earlier was lying there; days [ours].',
  ),
  callH: numberParam(
    4,
    0,
    720,
    'A silence that leaves so many hours alongside a watched port leaves time for a call; hours [GFW anchorages_pipeline: a gap of 4 h inside a port may be a stop].',
  ),
  portsListed: PORTS_LISTED,
});

/** Parameters of the dark-near-port rule; units are in the names. */
export type DarkNearPortParams = Static<typeof schema>;

/** What the rule remembers of a hull that fell silent off a port. */
export type DarkNearPortState = ToldSilence & { readonly approach: ShipApproach };

/** Returns the rule that tells when a ship comes to a watched port and falls silent; a RangeError lists faulty parameters. */
export function darkNearPort(given: Readonly<Record<string, unknown>> = {}): Rule<DarkNearPortState> {
  const params = parseParams(ID, schema, given);
  const life: SilenceLife<DarkNearPortState> = { params, draft: (telling) => draft(params, telling) };
  return {
    id: ID,
    version: VERSION,
    docs,
    paramsSchema: schema,
    params,
    signals: SILENCE_SIGNALS,
    react(state, signal, vessel, around) {
      if (signal.kind === 'silent') return begin(params, life, signal, vessel, around);
      return state === undefined ? { state } : followSilence(life, state, signal, vessel, around);
    },
  };
}

function begin(
  params: DarkNearPortParams,
  life: SilenceLife<DarkNearPortState>,
  signal: Extract<Signal, { readonly kind: 'silent' }>,
  vessel: VesselView,
  around: Surroundings,
): Reaction<DarkNearPortState> {
  const { off, trail } = signal;
  const limits = {
    portKm: params.portNm * KM_PER_NM,
    anchorageKm: params.anchorageKm,
    fromKm: params.approachNm * KM_PER_NM,
    withinD: params.approachD,
  };
  const approach = approachOf(limits, off, trail, around.gazetteer);
  return approach === null ? { state: undefined } : silenceBegins(life, { approach }, signal, vessel, around);
}

function draft(params: DarkNearPortParams, telling: SilenceTelling<DarkNearPortState>): EventDraft {
  const { silence, change, judged, on, at, vessel, around, reason } = telling;
  const { off, approach } = silence;
  const { port, kmToPort, kmToAnchorage } = approach.near;
  const nexus = nexusOf(vessel, off.at, around.register);
  return {
    type: ID,
    change,
    vessels: [eventVessel(vessel)],
    discriminator: '',
    firstToldAt: off.at,
    openedAt: off.at,
    closedAt: on?.at ?? null,
    lon: off.lon,
    lat: off.lat,
    port: { id: port.id, name: port.name, country: port.country },
    verdict: judged.verdict,
    confidence: judged.confidence,
    nexus: nexus.length > 0,
    evidence: {
      off: fixEvidence(off),
      on: on && fixEvidence(on),
      judgedUpTo: isoOf(at),
      nexus: nexus,
      portKm: rounded(kmToPort, 1),
      portAtMostKm: rounded(params.portNm * KM_PER_NM, 1),
      anchorageKm: kmToAnchorage === null ? null : rounded(kmToAnchorage, 1),
      anchorageAtMostKm: params.anchorageKm,
      approach: approachEvidence(params, approach, off.at),
      ...silenceFigures(params, silence, judged, at),
      ...callFigures(params, telling),
    },
    feeds: vessel.feeds,
    synthetic: vessel.synthetic,
    ruleVersion: VERSION,
    ruleParams: params,
    reason,
    knownSince: at,
  };
}

function approachEvidence(
  params: DarkNearPortParams,
  { far, farKm, since }: ShipApproach,
  offAt: number,
): { readonly [key: string]: Json } {
  return {
    farKm: rounded(farKm, 1),
    farAt: isoOf(far.at),
    farAtLeastKm: rounded(params.approachNm * KM_PER_NM, 1),
    hoursBefore: rounded((offAt - far.at) / HOUR_MS, 1),
    hoursBeforeAtMost: params.approachD * 24,
    way: [far, ...since].map(({ at, lon, lat }: TrailPoint) => ({ at: isoOf(at), lon, lat })),
  };
}

/** Which ports the silence leaves time for; a call may be inferred from it, never observed. */
function callFigures(
  params: DarkNearPortParams,
  { silence, on, at, around }: SilenceTelling<DarkNearPortState>,
): { readonly [key: string]: Json } {
  const { off, serviceKn } = silence;
  const reach = reachOf(off, on, at, serviceKn, around.gazetteer);
  const calls = reach.ports.filter((entry) => entry.port.watched && entry.hoursAlongside >= params.callH);
  return {
    reach: reachEvidence(reach, params.portsListed),
    callAtLeastH: params.callH,
    callsPossible: calls.length,
    inferredCalls: calls.slice(0, params.portsListed).map((entry) => portEvidence(entry)),
  };
}

const docs = {
  title: 'Dark near a port',
  summary:
    'A ship came to a watched port from afar and was then not heard for longer than the threshold, with the verdict on its silence and the calls that it leaves time for.',
  life: [
    'Opens, grows, closes and is taken back with the silence of the ship, as transponder-gap does, under an id of its own.',
    'Each version says anew how long the ship can have been alongside at each port in reach.',
  ],
  silentFor: [
    'outages of the feed and of the region, and whatever else makes a gap void',
    'a ship that had been lying there: it was not beyond the distance within the days of the approach',
    'a ship that had stopped at a berth since it came, and one that is moored when it falls silent',
    'a ship of which the data do not show that it came from afar',
    'an MMSI that is heard from another hull meanwhile',
  ],
  limits: [
    'Where a ship came from is remembered in points of about 20 km or six hours, twelve at most.',
    'An inferred call says only that there was time for one. The ship may have drifted, waited or met another instead.',
    'A ship that went faster than it was ever seen to can have been alongside for longer.',
  ],
  innocent: [
    'the transponder failed or lost power',
    'its signals were drowned by those of the many ships off the port',
    'the ship lay in a radio shadow of land or of a large ship',
    'the master switched it off for safety, as the rules allow, and logged it',
  ],
  sources: [
    'detections.md: distances to port and anchorage; the verdict is that of transponder-gap',
    'GlobalFishingWatch/anchorages_pipeline: a gap of four hours inside a port may be a stop',
  ],
} as const;
