import type { EventDraft } from '@offing/rules';
import { plainUtc } from '@offing/units';
import { plainText } from './plain-text.ts';
import { shipName } from './words.ts';

/** Returns the sentence on a ship that came to a state within the time for which a DPRK call counts there. */
export function recentCallSentence(event: EventDraft): string {
  const { evidence } = event;
  const country = plainText(String(evidence['country']));
  const where =
    event.port === null ? `the waters of ${country}` : `${plainText(event.port.name)} (${country})`;
  const rule = evidence['announcement'] as { readonly bars: string; readonly from: string } | null;
  const [call] = evidence['calls'] as readonly { readonly how: string }[];
  const days = Number(evidence['daysSinceCall']);
  const bars = rule === null ? '' : `; ${country} bars ${plainText(rule.bars)} since ${plainText(rule.from)}`;
  return `${shipName(event)} came into ${where} on ${plainUtc(event.openedAt)}, ${days} ${days === 1 ? 'day' : 'days'} after it apparently ${plainText(call.how)}${bars}.`;
}
