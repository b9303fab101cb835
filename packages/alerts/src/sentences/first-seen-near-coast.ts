import type { EventDraft } from '@offing/rules';
import { plainUtc } from '@offing/units';
import { placeOf, shipName } from './words.ts';

/** Returns the sentence on a ship that appeared where it should have been heard coming. */
export function firstSeenSentence(event: EventDraft): string {
  const witnesses = Number(event.evidence['witnesses']);
  return `${shipName(event)} was first heard on ${plainUtc(event.openedAt)}, ${placeOf(event)}, on a course from the open sea; ${witnesses} ships had been heard farther out in the hours before, so its way there should apparently have been heard, which is consistent with a transponder that was off or a new identity.`;
}
