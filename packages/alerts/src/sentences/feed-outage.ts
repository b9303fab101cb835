import type { EventDraft } from '@offing/rules';
import { HOUR_MS, plainDuration, plainUtc } from '@offing/units';
import { plainText } from './plain-text.ts';
import { placeOf } from './words.ts';

/** Returns the sentence on receivers that went quiet. */
export function feedOutageSentence(event: EventDraft): string {
  const { evidence } = event;
  const feed = plainText(String(evidence['feed']));
  const length = plainDuration(Number(evidence['lengthH']) * HOUR_MS);
  const fell = `${Number(evidence['hullsFellSilent'])} of ${Number(evidence['heardInHourBefore'])} ships heard in the hour before fell silent together`;
  const what =
    evidence['extent'] === 'feed' ? `The feed ${feed}` : `A region of the feed ${feed}, ${placeOf(event)},`;
  const lasts =
    event.closedAt === null
      ? `has apparently been out since ${plainUtc(event.openedAt)}, so far for ${length}`
      : `was apparently out for ${length} from ${plainUtc(event.openedAt)}`;
  return `${what} ${lasts}: ${fell}. Silences of ships there and then are no evidence about the ships.`;
}
