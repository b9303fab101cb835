import { Type, type Static } from 'typebox';
import type { EventDraft, Json } from '../event.ts';
import { eventVessel, fixEvidence, rounded } from '../evidence.ts';
import { nexusOf } from '../nexus.ts';
import { parseParams } from '../params.ts';
import { namedPort } from '../place/named-port.ts';
import { reachEvidence, reachOf } from '../place/reach.ts';
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
import type { Rule } from '../rule.ts';
import { isoOf } from '@offing/units';

const ID = 'transponder-gap';
const VERSION = 1;
/** A hull heard less often has no rhythm that a silence could break (ours). */
const CADENCE_POSITIONS = 3;

const schema = Type.Object({
  ...SILENCE_PARAMS,
  portsListed: PORTS_LISTED,
});

/** Parameters of the gap rule; units are in the names. */
export type GapParams = Static<typeof schema>;

/** What the rule remembers of a silent hull. */
export type GapState = ToldSilence;

/** Returns the rule that tells when a ship falls silent where others are heard; a RangeError lists faulty parameters. */
export function transponderGap(given: Readonly<Record<string, unknown>> = {}): Rule<GapState> {
  const params = parseParams(ID, schema, given);
  const life: SilenceLife<GapState> = { params, draft: (telling) => draft(params, telling) };
  return {
    id: ID,
    version: VERSION,
    docs,
    paramsSchema: schema,
    params,
    signals: SILENCE_SIGNALS,
    react(state, signal, vessel, around) {
      if (signal.kind === 'silent')
        return vessel.positions < CADENCE_POSITIONS
          ? { state: undefined }
          : silenceBegins(life, {}, signal, vessel, around);
      return state === undefined ? { state } : followSilence(life, state, signal, vessel, around);
    },
  };
}

function draft(params: GapParams, telling: SilenceTelling<GapState>): EventDraft {
  const { silence, change, judged, on, at, vessel, around, reason } = telling;
  const { off } = silence;
  const nexus = nexusOf(vessel, off.at, around.register);
  const port = namedPort(around.gazetteer, off.lon, off.lat, 50);
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
    port: port && { id: port.port.id, name: port.port.name, country: port.port.country },
    verdict: judged.verdict,
    confidence: judged.confidence,
    nexus: nexus.length > 0,
    evidence: {
      off: fixEvidence(off),
      on: on && fixEvidence(on),
      judgedUpTo: isoOf(at),
      nexus: nexus,
      portKm: port && rounded(port.km, 1),
      ...silenceFigures(params, silence, judged, at),
      ...placeFigures(params, telling),
    },
    feeds: vessel.feeds,
    synthetic: vessel.synthetic,
    ruleVersion: VERSION,
    ruleParams: params,
    reason,
    knownSince: at,
  };
}

function placeFigures(
  params: GapParams,
  { silence, on, at, around }: SilenceTelling<GapState>,
): { readonly [key: string]: Json } {
  const { off, serviceKn } = silence;
  const { gazetteer } = around;
  const anchorage = gazetteer.nearestAnchorage(off.lon, off.lat, { maxKm: 50 });
  const shoreM = gazetteer.shoreDistanceM(off.lon, off.lat);
  return {
    anchorageKm: anchorage && rounded(anchorage.km, 1),
    shoreKm: shoreM === null ? null : rounded(shoreM / 1000, 1),
    reach: reachEvidence(reachOf(off, on, at, serviceKn, gazetteer), params.portsListed),
  };
}

const docs = {
  title: 'Transponder gap',
  summary:
    'A ship was not heard for longer than the threshold, with a verdict on whether the receivers would have heard it.',
  life: [
    'Opens when the watermark of the feed that last heard the ship passes its last position by more than the threshold; nothing depends on a clock or on a new message from the ship.',
    'Is judged anew every hour of event time in its first day, then after each 24th of its length; told again when its verdict changes or its length doubles.',
    'Closes with the next position of the same hull.',
    'Is retracted when outages leave no more than the threshold, when the ship turns out to have left coverage, when late positions shorten it below the threshold, or when the MMSI turns out to be shared.',
  ],
  silentFor: [
    'a hull heard only once or twice: it has no cadence to judge by',
    'outages of the feed, and of the region around the ship: at least three hulls, and 80 % of those heard in the hour before, that fall silent with it',
    'a ship on its way out of the water that the receivers are known to hear',
    'a silence that begins while moored: stopped at a berth or within 1 km of the shore, or status 5 near an anchorage point or port',
    'class B, sailing and pleasure craft switched off within 2 km of the shore',
    'an MMSI that is heard from another hull meanwhile, or was heard from several in turn in the day before',
    'recordings that end: a feed that stops is no silence of its ships',
  ],
  limits: [
    'Reception is known only from other ships of the same class: a ship with a weak transmitter, or in the shadow of an island, looks silent.',
    'Witnesses are counted in pieces of ten minutes, by the place of their first report in an area cell in that hour.',
    'Several ships that switch off together within 20 minutes, with hardly any other heard within 25 km, look like an outage.',
    'An outage of a region that begins more than an hour after the ship fell silent shows only as hours without a witness.',
    'The ports in reach are those of the gazetteer, at the speed that the ship itself was seen to make good: one that then went faster can have been farther.',
    'A ship that lies still where the coast is not known may be at a berth: its silence is unobserved at most.',
    'Unobserved at most is also a silence where ships of its class that move alike often vanish, close to a region that is out, of a ship heard for less than half an hour, of one that fell silent with more others than by chance, and of a small craft that can be home: some that were really switched off are among them (docs/calibration.md).',
    'Where ships vanish is learnt from the stream: in the first days of a feed the rim of its receivers is not known yet.',
  ],
  innocent: [
    'the transponder failed or lost power',
    'its signals were drowned by those of many ships close by',
    'the ship lay in a radio shadow of land or of a large ship',
    'the receiver near it was out while others went on',
  ],
  sources: [
    'GlobalFishingWatch/pipe-gaps: threshold of six hours and more',
    'Witnesses, shares and factors: our own choice, calibrated on made-up seas (docs/calibration.md)',
  ],
} as const;
