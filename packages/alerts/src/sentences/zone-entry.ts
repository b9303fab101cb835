import type { EventDraft } from '@offing/rules';
import { plainUtc } from '@offing/units';
import { plainText } from './plain-text.ts';
import { shipName } from './words.ts';

/** Returns the sentence on a ship in a zone of the user's. */
export function zoneSentence(event: EventDraft): string {
  const zone = plainText(String(event.evidence['zoneName']));
  const verb = event.evidence['entrySeen'] === true ? 'came into' : 'was first heard in';
  const left = event.closedAt === null ? '' : ` and had left it by ${plainUtc(event.closedAt)}`;
  return `${shipName(event)} ${verb} the zone ${zone} on ${plainUtc(event.openedAt)}${left}.`;
}
