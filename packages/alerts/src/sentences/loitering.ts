import type { EventDraft } from '@offing/rules';
import { plainDuration, plainUtc } from '@offing/units';
import { placeOf, shipName } from './words.ts';

/** Returns the sentence on a ship that was slow for long far from shore. */
export function loiteringSentence(event: EventDraft): string {
  const { evidence } = event;
  const length = plainDuration(Number(evidence['lengthH']) * 3_600_000);
  const verb =
    event.closedAt === null ? 'has apparently been drifting or waiting' : 'apparently drifted or waited';
  const { shoreNm } = evidence;
  const shore = typeof shoreNm === 'number' ? `, ${shoreNm} nautical miles from shore` : '';
  const who = event.nexus ? '; a dated record links it to the DPRK' : '';
  return `${shipName(event)} ${verb} for ${length} since ${plainUtc(event.openedAt)} at a mean ${String(evidence['meanSogKn'])} kn, ${placeOf(event)}${shore}${who}.`;
}
