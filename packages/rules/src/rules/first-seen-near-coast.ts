import { AIS_CLASS } from '@offing/track';
import { HOUR_MS, isoOf } from '@offing/units';
import { Type, type Static } from 'typebox';
import type { EventChange, EventDraft, Json } from '../event.ts';
import { eventVessel, fixEvidence, rounded } from '../evidence.ts';
import { nexusOf } from '../nexus.ts';
import { numberParam, parseParams } from '../params.ts';
import { isStill } from '../place/moored.ts';
import { seenComing, type SeenComing } from '../place/seen-coming.ts';
import type { Reaction, Rule, Surroundings } from '../rule.ts';
import type { Fix, VesselView } from '../signal.ts';

const ID = 'first-seen-near-coast';
const VERSION = 1;
/** A ship within this distance of an anchorage point or port is at the port, km (GFW anchorages_pipeline: 4 km). */
const AT_PORT_KM = 4;
/** Types that are no sea-going ships, or work out of one port (ITU-R M.1371-5 table 53): 20-29 ekranoplans, 30-37 fishing, towing, dredging, diving, military, sailing, pleasure; 40-49 fast craft; 50-59 pilots, tugs, tenders and the like. */
const IS_OTHER_TYPE = (type: number): boolean => type >= 20 && type <= 59;

const schema = Type.Object({
  portKm: numberParam(50, 1, 60, 'First heard within this distance of a watched port; km [detections.md].'),
  witnessesAtLeast: numberParam(
    3,
    1,
    1000,
    'Ships of its class heard farther out in the six hours before; fewer do not show that it would have been heard [ours].',
  ),
  hoursHeardAtLeast: numberParam(3, 1, 6, 'Of those six hours so many had a witness there [ours].'),
  feedH: numberParam(
    24,
    1,
    720,
    'The feed must have been heard for this long, and since its last outage; hours [ours].',
  ),
  waitH: numberParam(
    1,
    0.1,
    24,
    'So long its type and further positions are waited for; hours [ours: static reports come every six minutes].',
  ),
});

/** Parameters of the rule; units are in the names. */
export type FirstSeenParams = Static<typeof schema>;

/** What the rule remembers of a ship that appeared. */
export type FirstSeenState = { readonly fix: Fix; readonly coming: SeenComing; readonly portKm: number };

/** Returns the rule that tells when a sea-going ship appears where it should have been heard coming; a RangeError lists faulty parameters. */
export function firstSeenNearCoast(given: Readonly<Record<string, unknown>> = {}): Rule<FirstSeenState> {
  const params = parseParams(ID, schema, given);
  return {
    id: ID,
    version: VERSION,
    docs,
    paramsSchema: schema,
    params,
    signals: ['identity', 'wake'],
    react(state, signal, vessel, around) {
      if (signal.kind === 'wake' && state !== undefined)
        return tell(params, state, signal.at, vessel, around);
      // Only the first hull of an MMSI is believed with its first position.
      if (signal.kind !== 'identity' || state !== undefined || vessel.positions !== 1) return { state };
      const begun = begin(params, signal.fix, vessel, around);
      if (begun === null) return { state };
      return { state: begun, wakeAt: signal.fix.at + params.waitH * HOUR_MS };
    },
  };
}

function begin(
  params: FirstSeenParams,
  fix: Fix,
  vessel: VesselView,
  { gazetteer, reception, outages }: Surroundings,
): FirstSeenState | null {
  if (vessel.aisClass !== AIS_CLASS.A || isStill({ fix, madeGoodKn: null }) !== false) return null;
  const { lon, lat } = fix;
  const since = fix.at - params.feedH * HOUR_MS;
  if (outages.beganAt(vessel.feed) > since || outages.within(vessel.feed, since, fix.at).length > 0)
    return null;
  if (outages.regional(vessel.feed).some((region) => region.to === null || region.to > since)) return null;
  const near = gazetteer.watchedApproach(lon, lat, params.portKm);
  if (near === null) return null;
  if (gazetteer.nearestAnchorage(lon, lat, { maxKm: AT_PORT_KM }) !== null) return null;
  if (gazetteer.nearestPort(lon, lat, { maxKm: AT_PORT_KM }) !== null) return null;
  const source = { feed: vessel.feed, aisClass: vessel.aisClass, exceptMmsi: vessel.mmsi };
  const coming = seenComing(fix, source, reception, gazetteer);
  if (coming === null || coming.witnesses.length < params.witnessesAtLeast) return null;
  if (coming.hoursHeard < params.hoursHeardAtLeast) return null;
  return { fix, coming, portKm: Math.min(near.kmToPort, near.kmToAnchorage ?? Infinity) };
}

function tell(
  params: FirstSeenParams,
  state: FirstSeenState,
  at: number,
  vessel: VesselView,
  around: Surroundings,
): Reaction<FirstSeenState> {
  const { shipType } = vessel.identity;
  const isOther = shipType !== null && IS_OTHER_TYPE(shipType);
  // One position alone may be a bad fix, or a ship that was heard by chance.
  if (isOther || vessel.positions < 3) return { state: undefined };
  const events = (['opened', 'closed'] as const).map((change) =>
    draft(params, state, change, at, vessel, around),
  );
  return { state: undefined, events };
}

function draft(
  params: FirstSeenParams,
  { fix, coming, portKm }: FirstSeenState,
  change: EventChange,
  at: number,
  vessel: VesselView,
  around: Surroundings,
): EventDraft {
  const near = around.gazetteer.watchedApproach(fix.lon, fix.lat, params.portKm);
  const nexus = nexusOf(vessel, fix.at, around.register);
  const many = 1 - Math.exp(-(coming.witnesses.length - params.witnessesAtLeast + 1) / 3);
  const base = vessel.identity.shipType === null ? 0.3 : 0.5;
  return {
    type: ID,
    change,
    vessels: [eventVessel(vessel)],
    discriminator: '',
    firstToldAt: fix.at,
    openedAt: fix.at,
    closedAt: change === 'closed' ? at : null,
    lon: fix.lon,
    lat: fix.lat,
    port: near && { id: near.port.id, name: near.port.name, country: near.port.country },
    verdict: null,
    confidence: rounded(base + 0.4 * many * (coming.hoursHeard / 6), 2),
    nexus: nexus.length > 0,
    evidence: figures(params, { fix, coming, portKm }, vessel, near?.kmToPort ?? null, nexus),
    feeds: vessel.feeds,
    synthetic: vessel.synthetic,
    ruleVersion: VERSION,
    ruleParams: params,
    reason: null,
    knownSince: at,
  };
}

function figures(
  params: FirstSeenParams,
  { fix, coming, portKm }: FirstSeenState,
  vessel: VesselView,
  kmToPort: number | null,
  nexus: readonly Json[],
): { readonly [key: string]: Json } {
  return {
    first: fixEvidence(fix),
    portKm: kmToPort === null ? null : rounded(kmToPort, 1),
    portOrAnchorageKm: rounded(portKm, 1),
    portOrAnchorageAtMostKm: params.portKm,
    cameFrom: { lon: rounded(coming.behind.lon, 4), lat: rounded(coming.behind.lat, 4) },
    witnesses: coming.witnesses.length,
    witnessesAtLeast: params.witnessesAtLeast,
    witnessList: coming.witnesses.slice(0, 50).map(({ mmsi, pieces, nearestKm }) => ({
      mmsi,
      minutesHeard: pieces.length * 10,
      nearestKm: rounded(nearestKm, 1),
    })),
    hoursWithWitness: Math.min(6, coming.hoursHeard),
    hoursHeardAtLeast: params.hoursHeardAtLeast,
    feedHeardForAtLeastH: params.feedH,
    lastKnownBefore: null,
    shipType: vessel.identity.shipType,
    judgedUpTo: isoOf(fix.at),
    nexus,
  };
}

const docs = {
  title: 'First seen near the coast',
  summary:
    'A sea-going ship was heard for the first time close to a watched port, on a course from the open sea where others were heard and it was not.',
  life: [
    'Opens and closes at once, an hour after the first position: an appearance has no length. Until then its type and further positions are waited for.',
  ],
  silentFor: [
    'the start of the data or of the feed, and a day after an outage of the feed or of a region of it',
    'a ship at a port: within 4 km of an anchorage point or port, or lying still',
    'class B, fishing vessels, tugs, pilots, dredgers, sailing and pleasure craft, fast craft',
    'a ship on a course from the land, or along it: it may have come out of a port',
    'waters in which too few others were heard farther out',
    'a single bad fix: the ship must be heard again at that place',
    'another hull under a known MMSI: see impossible-jump and shared-mmsi',
  ],
  limits: [
    'It knows only the MMSI: a ship that took a new number at sea looks like one that appeared, and the other way round.',
    'A weak transmitter that becomes audible only near the coast looks like a ship that was switched on.',
    'The course of the first position says where it came from; a ship that had just turned is judged by the wrong water.',
    'Where the coast is not known, or no course was sent, nothing is told.',
  ],
  innocent: [
    'the transponder was repaired or fitted at sea',
    'a new MMSI after a change of flag or owner',
    'weak signals that are heard only near receivers',
  ],
  sources: ['detections.md: 50 km of a watched port', 'Numbers of witnesses and hours: our own choice'],
} as const;
