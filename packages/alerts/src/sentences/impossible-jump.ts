import type { EventDraft } from '@offing/rules';
import { plainUtc } from '@offing/units';
import { placeOf, shipName } from './words.ts';

/** Returns the sentence on a ship whose positions imply a speed that no ship has. */
export function impossibleJumpSentence(event: EventDraft): string {
  const { evidence } = event;
  const km = Number(evidence['jumpKm']);
  const back = evidence['returned'] === true ? ', and was then heard at its first place again' : '';
  const more = Number(evidence['jumps']) > 1 ? `, the first of ${Number(evidence['jumps'])} such jumps` : '';
  return `${shipName(event)} was apparently heard ${km} km away from where it had been at ${plainUtc(event.openedAt)}, ${placeOf(event)}, as if at ${Number(evidence['impliedKn'])} kn${back}${more}; this is consistent with a false position, jamming, or two ships under one MMSI.`;
}
