import type { EventDraft } from '@offing/rules';
import { plainDuration, plainUtc } from '@offing/units';
import { plainText } from './plain-text.ts';
import { shipName } from './words.ts';

/** Returns the sentence on a voyage from the DPRK and back: when, where it lay and how long. */
export function roundTripSentence(event: EventDraft): string {
  const { evidence } = event;
  const slow = plainDuration(Number(evidence['slowH']) * 3_600_000);
  const port = event.port === null ? 'another country\u2019s coast' : plainText(event.port.name);
  const back = event.closedAt === null ? '' : ` and was back on ${plainUtc(event.closedAt)}`;
  return `${shipName(event)} left DPRK waters on ${plainUtc(event.openedAt)}, lay slow for ${slow} in all, longest off ${port},${back}; no port visit was observed between, which is consistent with a voyage without a call or with business done at sea.`;
}
