import type { EventDraft } from '@offing/rules';
import { HOUR_MS, plainDuration, plainUtc } from '@offing/units';
import { plainText } from './plain-text.ts';
import { verdictWords } from './verdict-words.ts';
import { placeOf, shipName } from './words.ts';

/** Returns the sentence on a ship that fell silent off a port which it had approached. */
export function darkNearPortSentence(event: EventDraft): string {
  const { evidence } = event;
  const length = plainDuration(Number(evidence['silenceH']) * HOUR_MS);
  const until = event.closedAt === null ? `for at least ${length} and is not back` : `for ${length}`;
  const approach = evidence['approach'] as { readonly farKm: number };
  const said = `${shipName(event)} came from ${approach.farKm} km away and was then not heard ${until} after ${plainUtc(event.openedAt)}, last ${placeOf(event)}`;
  return `${said}; ${verdictWords(event)}. ${callWords(event)}`;
}

function callWords({ evidence, closedAt }: EventDraft): string {
  const calls = evidence['inferredCalls'] as readonly {
    readonly name: string;
    readonly hoursAlongsideAtMost: number;
  }[];
  if (calls.length === 0) return 'The silence leaves no time for a call at a watched port.';
  const [first] = calls;
  const others = calls.length === 1 ? '' : `, or at ${calls.length - 1} other watched ports in reach`;
  const soFar = closedAt === null ? 'so far ' : '';
  return `It ${soFar}leaves time for an apparent call of at most ${plainDuration(first.hoursAlongsideAtMost * HOUR_MS)} at ${plainText(first.name)}${others}; none was observed.`;
}
