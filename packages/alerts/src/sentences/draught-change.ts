import type { EventDraft } from '@offing/rules';
import { plainUtc } from '@offing/units';
import type { Drawn } from './facts.ts';
import { plainText } from './plain-text.ts';
import { shipName } from './words.ts';

/** Returns the sentence on a draught that changed without a visit that explains it. */
export function draughtSentence(event: EventDraft): string {
  const { evidence } = event;
  const from = evidence['from'] as Drawn;
  const to = evidence['to'] as Drawn;
  const across = evidence['across'] === 'silence' ? 'before its silence' : `on leaving ${nameOf(from)}`;
  const then = evidence['across'] === 'silence' ? 'after it' : `on coming into ${nameOf(to)}`;
  return `${shipName(event)} sent a draught of ${from.draughtM} m ${across} (${plainUtc(Date.parse(from.at))}) and of ${to.draughtM} m ${then} (${plainUtc(Date.parse(to.at))}), without an observed port visit between; draughts are typed by hand, so this alone says little.`;
}

function nameOf({ port }: Drawn): string {
  return port === null ? 'a port' : plainText(port);
}
