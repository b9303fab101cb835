import type { EventDraft } from '@offing/rules';
import { plainUtc } from '@offing/units';
import type { Announced } from './facts.ts';
import { plainText } from './plain-text.ts';
import { shipName } from './words.ts';

/** Returns the sentence on a call of a ship that a recorded announcement bars: who said so, and who denied it. */
export function embargoSentence(event: EventDraft): string {
  const announcements = event.evidence['announcements'] as readonly Announced[];
  const port = event.port === null ? 'a port' : plainText(event.port.name);
  const until = event.closedAt === null ? '' : ` and left on ${plainUtc(event.closedAt)}`;
  const bans = announcements.map(banWords).join('; ');
  const verb = event.evidence['alleged'] === true ? 'allegedly bars' : 'apparently bars';
  return `${shipName(event)} came to ${port} on ${plainUtc(event.openedAt)}${until}, where a recorded announcement ${verb} it: ${bans}.`;
}

function banWords({ bars, from, announcedBy, reportedBy, deniedBy, deniedOn }: Announced): string {
  const on = deniedOn === null ? '' : ` on ${plainText(deniedOn)}`;
  const denied = deniedBy === null ? '' : `, denied by ${plainText(deniedBy)}${on}`;
  return `${plainText(bars)} since ${plainText(from)} (${plainText(announcedBy)}, reported by ${plainText(reportedBy)}${denied})`;
}
