import type { EventDraft, Json } from '@offing/rules';
import { plainDuration, plainUtc } from '@offing/units';
import { placeOf, vesselName } from './words.ts';

/** Returns the sentence on an encounter: who, how long, how near, where, and what makes it more than lying side by side. */
export function encounterSentence(event: EventDraft): string {
  const { evidence } = event;
  const [one, other] = event.vessels;
  const length = plainDuration(Number(evidence['lengthH']) * 3_600_000);
  const verb = event.closedAt === null ? 'have apparently lain side by side' : 'apparently lay side by side';
  const parts = (evidence['parts'] as readonly Json[]).length;
  const times = parts > 1 ? ` in ${parts} meetings less than a day apart` : '';
  const said = `${vesselName(one)} and ${vesselName(other)} ${verb} for ${length}${times} since ${plainUtc(event.openedAt)}, ${placeOf(event)}`;
  return `${said}, both below ${String(evidence['slowKn'])} kn and at the closest ${String(evidence['closestM'])} m apart${reservation(event)}.`;
}

function reservation({ evidence, nexus }: EventDraft): string {
  const km = evidence['anchorageKm'];
  const limitKm = Number(evidence['anchorageLimitKm']);
  const who = nexus ? '; a dated record links one of them to the DPRK' : '';
  if (typeof km === 'number' && km < limitKm)
    return `${who}; the nearest anchorage is ${km} km away, so they may just have been waiting there`;
  if (evidence['anchoragesKnown'] === false)
    return `${who}; anchorages are not known there, so they may just have been at anchor`;
  return who;
}
