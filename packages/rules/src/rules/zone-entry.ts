import { Type, type Static } from 'typebox';
import type { EventChange, EventDraft } from '../event.ts';
import { eventVessel, fixEvidence } from '../evidence.ts';
import { nexusOf } from '../nexus.ts';
import { numberParam, parseParams } from '../params.ts';
import type { Reaction, Rule, Surroundings } from '../rule.ts';
import type { Fix, Signal, VesselView } from '../signal.ts';

const ID = 'zone-entry';
const VERSION = 1;

const schema = Type.Object({
  hysteresisKm: numberParam(
    1,
    0,
    50,
    'A ship has left a zone when it is farther outside than this; km [detections.md].',
  ),
});

/** Parameters of the rule; units are in the names. */
export type ZoneParams = Static<typeof schema>;

/** What the rule remembers of a ship: since when it is in which zones. */
export type ZoneState = { readonly [zoneId: string]: { readonly entry: Fix; readonly entrySeen: boolean } };

/** Returns the rule that tells when ships come into a zone of the user's and leave it; a RangeError lists faulty parameters. */
export function zoneEntry(given: Readonly<Record<string, unknown>> = {}): Rule<ZoneState> {
  const params = parseParams(ID, schema, given);
  return {
    id: ID,
    version: VERSION,
    docs,
    paramsSchema: schema,
    params,
    signals: ['zone'],
    react: (state = {}, signal, vessel, around) =>
      signal.kind === 'zone' ? afterStep({ params, vessel, around }, state, signal) : { state },
  };
}

type Scene = { readonly params: ZoneParams; readonly vessel: VesselView; readonly around: Surroundings };
type ZoneSignal = Extract<Signal, { readonly kind: 'zone' }>;

function afterStep(scene: Scene, state: ZoneState, signal: ZoneSignal): Reaction<ZoneState> {
  const { zone, inside, fix, before } = signal;
  if (inside) {
    const stay = { entry: fix, entrySeen: before !== null };
    return { state: { ...state, [zone.id]: stay }, events: [draft(scene, signal, stay, 'opened')] };
  }
  const { [zone.id]: stay, ...rest } = state;
  const next = Object.keys(rest).length === 0 ? undefined : rest;
  return { state: next, events: stay === undefined ? [] : [draft(scene, signal, stay, 'closed')] };
}

function draft(
  { params, vessel, around }: Scene,
  { zone, fix, at }: ZoneSignal,
  { entry, entrySeen }: ZoneState[string],
  change: EventChange,
): EventDraft {
  const nexus = nexusOf(vessel, at, around.register);
  return {
    type: ID,
    change,
    vessels: [eventVessel(vessel)],
    discriminator: zone.id,
    firstToldAt: entry.at,
    openedAt: entry.at,
    closedAt: change === 'closed' ? fix.at : null,
    lon: entry.lon,
    lat: entry.lat,
    port: null,
    verdict: null,
    confidence: entrySeen ? 0.95 : 0.8,
    nexus: nexus.length > 0,
    evidence: {
      zone: zone.id,
      zoneName: zone.name,
      entry: fixEvidence(entry),
      entrySeen,
      exit: change === 'closed' ? fixEvidence(fix) : null,
      hysteresisKm: params.hysteresisKm,
      nexus,
    },
    feeds: vessel.feeds,
    synthetic: vessel.synthetic,
    ruleVersion: VERSION,
    ruleParams: params,
    reason: null,
    knownSince: at,
  };
}

const docs = {
  title: 'Zone entry',
  summary: 'A ship came into a zone that the user drew, or left it.',
  life: [
    'Opens with the first position inside the polygon, or where the ship is first heard inside; closes with the first more than 1 km outside.',
  ],
  silentFor: ['a ship that comes and goes at the edge: it has left only when it is 1 km outside'],
  limits: [
    'Between two positions nothing is assumed: a ship that crosses a corner unheard was not there.',
    'Edges are straight in longitude and latitude. A zone must be narrower than 180 degrees.',
  ],
  innocent: ['being in a place is no event by itself'],
  sources: ['detections.md: hysteresis'],
} as const;
