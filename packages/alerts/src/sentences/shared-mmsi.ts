import type { EventDraft } from '@offing/rules';
import { plainUtc } from '@offing/units';
import { placeOf, shipName } from './words.ts';

/** Returns the sentence on an MMSI under which several hulls are heard in turn. */
export function sharedMmsiSentence(event: EventDraft): string {
  const { evidence } = event;
  const { mmsi } = event.vessels[0];
  const hulls = Number(evidence['hullsHeard']);
  const since = `since ${plainUtc(event.openedAt)}`;
  const until =
    event.closedAt === null ? since : `from ${plainUtc(event.openedAt)} to ${plainUtc(event.closedAt)}`;
  return `The MMSI ${mmsi} was apparently used by ${hulls} hulls at once ${until}, up to ${Number(evidence['apartKm'])} km apart; one of them is ${shipName(event)}, ${placeOf(event)}. Their tracks are kept apart.`;
}
