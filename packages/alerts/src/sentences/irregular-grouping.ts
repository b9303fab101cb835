import type { EventDraft, Json } from '@offing/rules';
import { plainUtc } from '@offing/units';
import { NAMED } from './facts.ts';
import { placeOf, vesselName } from './words.ts';

/** Returns the sentence on a group of ships off a port: how many, where, since when, and what is usual there. */
export function groupingSentence(event: EventDraft): string {
  const { evidence, vessels } = event;
  const history = evidence['history'] as { readonly [key: string]: Json };
  const ships = Number(evidence['ships']);
  const verb = event.closedAt === null ? 'have apparently gathered' : 'had apparently gathered';
  const until = event.closedAt === null ? '' : `, until ${plainUtc(event.closedAt)}`;
  const named = vessels.slice(0, NAMED).map(vesselName).join(', ');
  const rest = ships > NAMED ? ` and ${ships - NAMED} more` : '';
  const said = `${ships} ships that dated records link to the DPRK ${verb} ${placeOf(event)} since ${plainUtc(event.openedAt)}${until}: ${named}${rest}`;
  const usual = `on average ${String(history['meanShips'])} and at most ${String(history['mostShips'])} lay there together in the ${String(history['days'])} days before`;
  return `${said}; ${usual}, so that so many come up by chance with a probability of ${String(evidence['chance'])}.`;
}
