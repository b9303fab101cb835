import type { EventDraft } from '@offing/rules';
import { plainDuration, plainUtc } from '@offing/units';
import { plainText } from './plain-text.ts';
import { shipName } from './words.ts';

/** Returns the sentence on a call at a port: how it was seen, and how long the ship had waited before. */
export function portVisitSentence(event: EventDraft): string {
  const { evidence } = event;
  const port = event.port === null ? 'a port' : plainText(event.port.name);
  const since = plainUtc(event.openedAt);
  const stops = evidence['stops'] as readonly { readonly how: string }[];
  const seen = stops.some(({ how }) => how === 'seen stopped');
  const verb = seen ? 'called at' : 'may have stopped during a silence inside';
  const time =
    event.closedAt === null
      ? `since ${since}`
      : `from ${since} to ${plainUtc(event.closedAt)} (${plainDuration(event.closedAt - event.openedAt)})`;
  const waiting = evidence['waitingH'];
  const waited =
    typeof waiting === 'number' ? `, after ${plainDuration(waiting * 3_600_000)} on the roads` : '';
  const unseen = [
    evidence['entrySeen'] === true ? [] : ['coming in'],
    event.closedAt === null || evidence['exitSeen'] === true ? [] : ['leaving'],
  ].flat();
  const limits = unseen.length === 0 ? '' : `; it was not seen ${unseen.join(' or ')}`;
  return `${shipName(event)} ${verb} ${port} ${time}${waited}${limits}.`;
}
