import type { Gazetteer } from '@offing/gazetteer';
import type { VesselView } from '../signal.ts';
import type { Meeting, MeetingPart, MeetingSide } from './meeting.ts';
import type { MeetingWaters } from './meeting-waters.ts';
import { mooredAt } from './moored.ts';
import { FISHING_TYPE, hasWorkingType, isTug, mayBeTrader } from './working.ts';

/** A share of the instants from which on a status counts as what the ship did (ours). */
const MOSTLY = 0.5;
/** Slower than this a ship lies, kn (GFW anchorages_pipeline). */
const STOPPED_KN = 0.2;
const AT_ANCHOR = 1;
const MOORED = 5;

/** Why a meeting is taken for something else. */
export type LookAlike =
  | 'one ship with two transponders'
  | 'ships that move together'
  | 'fishing boats at work'
  | 'small craft'
  | 'a tug and its tow'
  | 'a craft at work'
  | 'a ship at a berth'
  | 'ships in one anchorage';

/** What is asked: two ships, what they did, and where. */
export type MeetingCase = {
  readonly vessels: readonly [VesselView, VesselView];
  readonly hasNexus: boolean;
  readonly meeting: Meeting;
  readonly waters: MeetingWaters;
  /** From so many others around on, a place is an anchorage. */
  readonly crowd: number;
  /** Ships at anchor that lie farther apart than this are not alongside each other, metres. */
  readonly alongsideM: number;
  /** Near an anchorage a longer meeting is lying there, ms. */
  readonly longestNearMs: number;
};

/** Returns what a meeting of two ships looks like instead of an encounter; null where nothing known explains it. */
export function lookAlikeOf(question: MeetingCase, gazetteer: Gazetteer): LookAlike | null {
  const { meeting, hasNexus, vessels } = question;
  if (isOneShip(vessels)) return 'one ship with two transponders';
  if (meeting.cameTogether || meeting.leftTogether) return 'ships that move together';
  if (vessels.every((vessel, side) => isFishing(vessel, newest(meeting).sides[side])))
    return 'fishing boats at work';
  if (!hasNexus) {
    if (vessels.some(({ identity }) => isTug(identity.shipType))) return 'a tug and its tow';
    if (vessels.some(isServiceCraft)) return 'a craft at work';
    if (!vessels.some(mayMeet)) return 'small craft';
  }
  if (vessels.some((vessel, side) => isAtBerth(vessel, newest(meeting).sides[side], gazetteer)))
    return 'a ship at a berth';
  return isOneAnchorage(question) ? 'ships in one anchorage' : null;
}

/** Two MMSIs that send one IMO number, or one name and call sign, are devices of one ship. */
function isOneShip([{ identity: one }, { identity: other }]: readonly [VesselView, VesselView]): boolean {
  if (one.imoNumber !== null && one.imoNumber === other.imoNumber) return true;
  return (
    one.shipName !== null &&
    one.callSign !== null &&
    one.shipName === other.shipName &&
    one.callSign === other.callSign
  );
}

function isFishing({ identity }: VesselView, side: MeetingSide): boolean {
  return identity.shipType === FISHING_TYPE || side.fishing >= MOSTLY;
}

/** A pilot, a patrol boat, a dredger: slow beside others for its work. Fishing boats do meet traders. */
function isServiceCraft({ identity }: VesselView): boolean {
  return identity.shipType !== FISHING_TYPE && hasWorkingType(identity.shipType);
}

/** Whether a ship is one that hands over cargo: a trader, or may be by all that it says. */
function mayMeet(vessel: VesselView): boolean {
  return mayBeTrader(vessel) && vessel.identity.shipType !== FISHING_TYPE;
}

function isAtBerth(vessel: VesselView, side: MeetingSide, gazetteer: Gazetteer): boolean {
  const navStatus = side.atAnchor >= MOSTLY ? AT_ANCHOR : side.moored >= MOSTLY ? MOORED : null;
  const fix = { at: 0, lon: side.lon, lat: side.lat, sogKn: side.meanSogKn, cogDeg: null, navStatus };
  const lying = { fix, madeGoodKn: null, aisClass: vessel.aisClass, shipType: vessel.identity.shipType };
  return mooredAt(lying, gazetteer) !== null;
}

/**
 * Whether the two just lie in the same roads. Far from every known anchorage that takes others around and both at anchor
 * by their own word; near one, or where anchorages may be missing, less: ships lie apart from each other at anchor, or
 * for days, and one that met another was seen coming to it.
 */
function isOneAnchorage(question: MeetingCase): boolean {
  const { meeting, waters, crowd } = question;
  const part = newest(meeting);
  const crowded = meeting.others >= crowd;
  const bothAnchored = part.sides.every((side) => side.atAnchor >= MOSTLY);
  if (!waters.isNearAnchorage && waters.isCharted) return crowded && bothAnchored;
  const alongside = part.meanM <= question.alongsideM;
  if (!question.hasNexus) return waters.isNearAnchorage || crowded || (bothAnchored && !alongside);
  if (!meeting.seenApart || lengthOfPart(part) > question.longestNearMs) return true;
  const lieStill = part.sides.every(liesStill);
  return (crowded && lieStill) || (!alongside && (crowded || lieStill));
}

function liesStill(side: MeetingSide): boolean {
  return side.atAnchor >= MOSTLY || side.meanSogKn < STOPPED_KN;
}

function newest({ parts }: Meeting): MeetingPart {
  return parts[parts.length - 1];
}

/** Returns how long a part lasted, ms. */
export function lengthOfPart({ from, to }: MeetingPart): number {
  return to - from;
}
