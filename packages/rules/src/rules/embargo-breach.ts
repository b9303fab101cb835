import type { Announcement, Port } from '@offing/gazetteer';
import { isoOf } from '@offing/units';
import { Type, type Static } from 'typebox';
import type { EventDraft, Json } from '../event.ts';
import { eventVessel, rounded } from '../evidence.ts';
import { nexusOf } from '../nexus.ts';
import { numberParam, parseParams } from '../params.ts';
import { announcementEvidence } from '../place/announcement-evidence.ts';
import { barredBy } from '../place/barred.ts';
import { endOf, gradeOf, type Visit } from '../place/visit.ts';
import type { Reaction, Rule, Surroundings } from '../rule.ts';
import type { Signal, VesselView } from '../signal.ts';

const ID = 'embargo-breach';
const VERSION = 1;

const schema = Type.Object({
  deniedShare: numberParam(
    0.6,
    0,
    1,
    'Confidence is multiplied by this where every announcement that bars the ship was denied [ours].',
  ),
  unseenEntryShare: numberParam(
    0.6,
    0,
    1,
    'Confidence is multiplied by this where the ship was first heard at its berth: it may have come before [ours].',
  ),
});

/** Parameters of the rule. */
export type EmbargoParams = Static<typeof schema>;

/** What the rule remembers of a visit that it told. */
export type EmbargoState = { readonly entryAt: number; readonly portId: string };

/** Returns the rule that tells calls of ships that a recorded announcement bars; a RangeError lists faulty parameters. */
export function embargoBreach(given: Readonly<Record<string, unknown>> = {}): Rule<EmbargoState> {
  const params = parseParams(ID, schema, given);
  return {
    id: ID,
    version: VERSION,
    docs,
    paramsSchema: schema,
    params,
    signals: ['visit'],
    react: (state, signal, vessel, around) =>
      signal.kind === 'visit' ? afterVisit({ params, vessel, around }, state, signal) : { state },
  };
}

type Scene = { readonly params: EmbargoParams; readonly vessel: VesselView; readonly around: Surroundings };

function afterVisit(
  scene: Scene,
  state: EmbargoState | undefined,
  { visit, change, at }: Extract<Signal, { readonly kind: 'visit' }>,
): Reaction<EmbargoState> {
  const known = state?.entryAt === visit.entry.at ? state : undefined;
  const port = known ? scene.around.gazetteer.port(known.portId) : barredPort(scene, visit);
  if (port === null) return { state: undefined };
  const closed = change === 'closed';
  const opened = known === undefined ? [draft(scene, visit, port, 'opened', at)] : [];
  const ended = closed ? [draft(scene, visit, port, 'closed', at)] : [];
  const next = closed ? undefined : { entryAt: visit.entry.at, portId: port.id };
  return { state: next, events: [...opened, ...ended] };
}

/** The first port of the visit at which the ship was seen to stop although an announcement barred it when it came in. */
function barredPort({ vessel, around }: Scene, visit: Visit): Port | null {
  for (const { portId, how } of visit.stops) {
    const port = how === 'stop' ? around.berths.calledPort(portId) : null;
    if (port !== null && barredBy(vessel, port, visit.entry.at, around).length > 0) return port;
  }
  return null;
}

function draft(
  { params, vessel, around }: Scene,
  visit: Visit,
  port: Port,
  change: 'opened' | 'closed',
  at: number,
): EventDraft {
  const announcements = barredBy(vessel, port, visit.entry.at, around);
  const stop = visit.stops.find(({ portId }) => around.berths.calledPort(portId)?.id === port.id);
  const { lon, lat } = stop?.from ?? visit.entry;
  const nexus = nexusOf(vessel, at, around.register);
  return {
    type: ID,
    change,
    vessels: [eventVessel(vessel)],
    discriminator: '',
    firstToldAt: visit.entry.at,
    openedAt: visit.entry.at,
    closedAt: change === 'closed' ? endOf(visit) : null,
    lon,
    lat,
    port: { id: port.id, name: port.name, country: port.country },
    verdict: null,
    confidence: confidenceOf(params, visit, announcements),
    nexus: nexus.length > 0,
    evidence: {
      announcements: announcements.map(announcementEvidence),
      alleged: announcements.every(isDenied),
      entry: isoOf(visit.entry.at),
      entrySeen: visit.entrySeen,
      stoppedAt: stop === undefined ? null : isoOf(stop.from.at),
      berthKm: stop === undefined ? null : rounded(stop.berthKm, 2),
      grade: gradeOf(visit),
      nexus,
    } satisfies { readonly [key: string]: Json },
    feeds: vessel.feeds,
    synthetic: vessel.synthetic,
    ruleVersion: VERSION,
    ruleParams: params,
    reason: null,
    knownSince: at,
  };
}

function confidenceOf(params: EmbargoParams, visit: Visit, announcements: readonly Announcement[]): number {
  const denied = announcements.every(isDenied) ? params.deniedShare : 1;
  const entry = visit.entrySeen ? 1 : params.unseenEntryShare;
  return rounded(0.9 * denied * entry, 2);
}

function isDenied({ deniedBy }: Announcement): boolean {
  return deniedBy !== null;
}

const docs = {
  title: 'Embargo breach',
  summary: 'A ship called at a port from which a recorded, dated announcement bars it.',
  life: [
    'Opens with the port visit, once a stop at a berth of the port is seen; closes with it.',
    'What counts is the announcement in force when the ship came in, in the calendar of the place. Each is printed with who made it, who reported it and who denied it; where all were denied the ban is called alleged.',
  ],
  silentFor: [
    'visits that began before the announcement or after its end',
    'ships that it does not bar, such as those of another flag',
    'calls that are only possible, or inferred from a silence',
    'announcements that bar cargo, or whose extent is unclear; those that count the days since a DPRK call are recent-dprk-call’s',
  ],
  limits: [
    'Announcements are as recorded from the press: their days may be off, and some were denied.',
    'The flag is the one of the MMSI: a ship under a false number is not seen as what it is.',
    'Exceptions made for a single ship, such as port of refuge, are not known.',
  ],
  innocent: [
    'the announcement was never made, or was lifted without notice',
    'the port let the ship in by exception, for repair, distress or humanitarian cargo',
  ],
  sources: ['announcements.csv of the gazetteer, with its sources', 'Confidence: our own choice'],
} as const;
