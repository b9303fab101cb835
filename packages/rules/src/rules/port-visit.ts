import { isoOf, HOUR_MS } from '@offing/units';
import { Type, type Static } from 'typebox';
import type { EventDraft, Json } from '../event.ts';
import { eventVessel, fixEvidence, rounded } from '../evidence.ts';
import { nexusOf } from '../nexus.ts';
import { numberParam, parseParams } from '../params.ts';
import { endOf, gradeOf, visitedPort, type Visit, type VisitStop } from '../place/visit.ts';
import { visitNexus } from '../place/visit-nexus.ts';
import type { Reaction, Rule, Surroundings } from '../rule.ts';
import type { Signal, VesselView } from '../signal.ts';

const ID = 'port-visit';
const VERSION = 1;
/** Confidence of each grade (ours), less this where no stop was seen. */
const CONFIDENCE = { 1: 0.3, 2: 0.55, 3: 0.75, 4: 0.9 } as const;
const UNSEEN_STOP = 0.3;

const schema = Type.Object({
  enterKm: numberParam(
    3,
    0.1,
    20,
    'A ship is in port from this distance of a berth point on; km [GFW anchorages_pipeline].',
  ),
  leaveKm: numberParam(
    4,
    0.2,
    25,
    'It is out again at this distance of all berth points of the port; km [GFW anchorages_pipeline].',
  ),
  stopKn: numberParam(0.2, 0, 2, 'Slower than this it has stopped; kn [GFW anchorages_pipeline].'),
  movingKn: numberParam(0.5, 0.1, 5, 'Faster than this it is under way again; kn [GFW anchorages_pipeline].'),
  gapH: numberParam(
    4,
    0.5,
    48,
    'A silence inside longer than this counts as a possible stop; hours [GFW anchorages_pipeline].',
  ),
  anchorKm: numberParam(
    0.5,
    0,
    3,
    'A ship that says it is at anchor lies at a berth only up to this distance of a berth point; km [detections.md].',
  ),
});

/** Parameters of the rule; units are in the names. */
export type PortVisitParams = Static<typeof schema>;

/** Returns the rule that tells the calls of ships at ports; a RangeError lists faulty parameters. */
export function portVisit(given: Readonly<Record<string, unknown>> = {}): Rule<undefined> {
  const params = parseParams(ID, schema, given);
  if (params.leaveKm < params.enterKm || params.movingKn < params.stopKn)
    throw new RangeError(`${ID}: leaveKm must not be below enterKm, nor movingKn below stopKn`);
  return {
    id: ID,
    version: VERSION,
    docs,
    paramsSchema: schema,
    params,
    signals: ['visit'],
    react: (_, signal, vessel, around) =>
      signal.kind === 'visit' ? tell(params, signal, vessel, around) : { state: undefined },
  };
}

function tell(
  params: PortVisitParams,
  signal: Extract<Signal, { readonly kind: 'visit' }>,
  vessel: VesselView,
  around: Surroundings,
): Reaction<undefined> {
  const closed = signal.change === 'closed';
  const event = draft(params, signal, vessel, around);
  // A stop that was known only when the ship was heard outside opens and closes at once.
  const events =
    closed && !signal.wasTold ? [{ ...event, change: 'opened' as const, closedAt: null }, event] : [event];
  return { state: undefined, events, nexus: visitNexus(signal.visit, around.berths) };
}

function draft(
  params: PortVisitParams,
  { visit, change, at }: Extract<Signal, { readonly kind: 'visit' }>,
  vessel: VesselView,
  around: Surroundings,
): EventDraft {
  const port = visitedPort(visit, around.berths);
  const stop = longestStop(visit);
  const nexus = nexusOf(vessel, at, around.register);
  const grade = gradeOf(visit);
  const seen = visit.stops.some(({ how }) => how === 'stop');
  return {
    type: ID,
    change,
    vessels: [eventVessel(vessel)],
    discriminator: '',
    firstToldAt: visit.entry.at,
    openedAt: visit.entry.at,
    closedAt: change === 'closed' ? endOf(visit) : null,
    lon: stop.from.lon,
    lat: stop.from.lat,
    port: port && { id: port.id, name: port.name, country: port.country },
    verdict: null,
    confidence: rounded(CONFIDENCE[grade] - (seen ? 0 : UNSEEN_STOP), 2),
    nexus: nexus.length > 0,
    evidence: visitEvidence(params, visit, around, nexus),
    feeds: vessel.feeds,
    synthetic: vessel.synthetic,
    ruleVersion: VERSION,
    ruleParams: params,
    reason:
      change === 'revised' ? 'the ship stopped at the berths of another port without leaving between' : null,
    knownSince: at,
  };
}

function longestStop(visit: Visit): VisitStop {
  const lay = ({ from, to }: VisitStop): number => (to ?? visit.lastInside).at - from.at;
  return visit.stops.reduce((best, stop) => (lay(stop) > lay(best) ? stop : best));
}

function visitEvidence(
  params: PortVisitParams,
  visit: Visit,
  around: Surroundings,
  nexus: readonly Json[],
): { readonly [key: string]: Json } {
  const { waiting } = visit;
  const stop = longestStop(visit);
  return {
    grade: gradeOf(visit),
    entry: fixEvidence(visit.entry),
    entrySeen: visit.entrySeen,
    enterKm: params.enterKm,
    exit: visit.exit && fixEvidence(visit.exit),
    exitSeen: visit.exitSeen,
    lastInside: fixEvidence(visit.lastInside),
    leaveKm: params.leaveKm,
    stops: visit.stops.map((one) => stopEvidence(one, around)),
    stopSogKn: stop.from.sogKn,
    stopKn: params.stopKn,
    movingKn: params.movingKn,
    berthKm: rounded(stop.berthKm, 2),
    silencesH: visit.silences.map(({ from, to }) => rounded((to - from) / HOUR_MS, 2)),
    gapH: params.gapH,
    waitingH: waiting === null ? null : rounded((waiting.lastAt - waiting.firstAt) / HOUR_MS, 2),
    waitingSince: waiting === null ? null : isoOf(waiting.firstAt),
    waitingSeenComing: waiting?.seenComing ?? null,
    inferred: false,
    nexus,
  };
}

function stopEvidence({ portId, from, to, berthKm, how }: VisitStop, { berths }: Surroundings): Json {
  const port = berths.calledPort(portId);
  return {
    portId,
    port: port?.name ?? portId,
    from: isoOf(from.at),
    to: to === null ? null : isoOf(to.at),
    berthKm: rounded(berthKm, 2),
    navStatus: from.navStatus,
    how: how === 'stop' ? 'seen stopped' : 'silent inside the port',
  };
}

const docs = {
  title: 'Port visit',
  summary: 'A ship came into a port, stopped at a berth and left, as far as it was heard.',
  life: [
    'Opens when a stop of 20 minutes at a berth is seen, with the first position within 3 km of a berth point as its beginning; a silence of more than 4 hours inside counts as a possible stop once the ship is heard again.',
    'Closes with the first position 4 km and more from all berth points of the port; after a silence, with the last position inside.',
    'Shifting to another berth of the port, of a part of it or of its parent is the same visit. Is revised when the ship stops at another port’s berths without having left; the port is the one where it lay longest.',
    'Grade 4 has entry, stop and exit; 3 a stop with one of them; 2 a stop alone, as of a ship that was first heard at its berth. An entry or exit counts as seen when the positions before and after are at most 4 hours apart.',
  ],
  silentFor: [
    'passing through, however near to the berths',
    'waiting on the roads: a ship that says to be at anchor more than 0.5 km from a berth point',
    'calls that are only inferred from a silence outside the port: they stand with the gap or the trip',
    'a single speed below the limit, or a stop of less than 20 minutes',
    'a silence inside of which no more than 4 hours remain outside outages of the receivers',
  ],
  limits: [
    'Berths come from public anchorage points and a coastline: a stop at a new quay more than 3 km from every known berth is not seen.',
    'A ship that stops within 3 km of a berth and does not say to be at anchor counts as berthed.',
    'DPRK ports have no public anchorage points: their own point counts, known to a minute of arc, and a silence that began inside one counts as a possible stop although the ship was heard again outside.',
    'A ship that reports no speed has stopped when it made good less than 0.2 kn for half an hour.',
    'Waiting is the time from the first to the last hour slower than 2 kn within 10 km of an anchorage point, ended at most 12 hours before the berth.',
  ],
  innocent: ['a call at a port is the ordinary business of ships'],
  sources: [
    'GlobalFishingWatch/anchorages_pipeline: entry, exit, stop and gap; confidence 1 to 4',
    'Least length of a stop, waiting: our own choice',
  ],
} as const;
