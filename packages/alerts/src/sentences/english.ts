import type { EventDraft } from '@offing/rules';
import { plainDuration, plainUtc } from '@offing/units';
import { darkNearPortSentence } from './dark-near-port.ts';
import type { Listing } from './facts.ts';
import { feedOutageSentence } from './feed-outage.ts';
import { encounterSentence } from './encounter.ts';
import { firstSeenSentence } from './first-seen-near-coast.ts';
import { identityChangeSentence } from './identity-change.ts';
import { impossibleJumpSentence } from './impossible-jump.ts';
import { groupingSentence } from './irregular-grouping.ts';
import { loiteringSentence } from './loitering.ts';
import { plainText } from './plain-text.ts';
import { draughtSentence } from './draught-change.ts';
import { embargoSentence } from './embargo-breach.ts';
import { portVisitSentence } from './port-visit.ts';
import { recentCallSentence } from './recent-dprk-call.ts';
import { roundTripSentence } from './round-trip-without-call.ts';
import { sharedMmsiSentence } from './shared-mmsi.ts';
import { verdictWords } from './verdict-words.ts';
import { placeOf, shipName } from './words.ts';
import { zoneSentence } from './zone-entry.ts';

/** Returns one plain English sentence on what the evidence supports, in cautious words; made-up ships are named as such. */
export function englishSentence(event: EventDraft): string {
  const made = event.vessels.length === 0 ? 'a made-up feed' : 'a made-up ship';
  const marked = event.synthetic ? `SYNTHETIC (${made}): ` : '';
  const taken = event.change === 'retracted' ? 'RETRACTED: ' : '';
  const why =
    event.change === 'retracted' && event.reason !== null ? ` Withdrawn because ${event.reason}.` : '';
  return `${marked}${taken}${bodyOf(event)}${why}`;
}

function bodyOf(event: EventDraft): string {
  switch (event.type) {
    case 'dark-near-port':
      return darkNearPortSentence(event);
    case 'encounter':
      return encounterSentence(event);
    case 'irregular-grouping':
      return groupingSentence(event);
    case 'loitering':
      return loiteringSentence(event);
    case 'feed-outage':
      return feedOutageSentence(event);
    case 'first-seen-near-coast':
      return firstSeenSentence(event);
    case 'identity-change':
      return identityChangeSentence(event);
    case 'impossible-jump':
      return impossibleJumpSentence(event);
    case 'shared-mmsi':
      return sharedMmsiSentence(event);
    case 'transponder-gap':
      return gapSentence(event);
    case 'draught-change':
      return draughtSentence(event);
    case 'zone-entry':
      return zoneSentence(event);
    case 'embargo-breach':
      return embargoSentence(event);
    case 'recent-dprk-call':
      return recentCallSentence(event);
    case 'round-trip-without-call':
      return roundTripSentence(event);
    case 'port-visit':
      return portVisitSentence(event);
    case 'hovering':
      return hoveringSentence(event);
    case 'designated-vessel':
      return designatedSentence(event);
  }
}

function gapSentence(event: EventDraft): string {
  const { evidence } = event;
  const lengthMs = Number(evidence['silenceH']) * 3_600_000;
  const until =
    event.closedAt === null
      ? `for at least ${plainDuration(lengthMs)} and is not back`
      : `for ${plainDuration(lengthMs)}`;
  const said = `${shipName(event)} was not heard ${until} after ${plainUtc(event.openedAt)}, last ${placeOf(event)}`;
  return `${said}; ${verdictWords(event)}.`;
}

function hoveringSentence(event: EventDraft): string {
  const { evidence } = event;
  const length = plainDuration(Number(evidence['lengthH']) * 3_600_000);
  const verb = event.closedAt === null ? 'has apparently been waiting' : 'apparently waited';
  const said = `${shipName(event)} ${verb} ${length} since ${plainUtc(event.openedAt)} at a mean ${String(evidence['meanSogKn'])} kn, ${placeOf(event)}`;
  const reasons = (evidence['reasons'] as readonly string[]).map((reason) => HOVER_WORDS[reason] ?? reason);
  const visit =
    evidence['endedBy'] === 'berth' ? ', and then berthed' : ', without an observed port visit meanwhile';
  return `${said}${visit}; told apart from the queue because ${reasons.join(' and ')}.`;
}

const HOVER_WORDS: { readonly [reason: string]: string } = {
  nexus: 'a dated record links it to the DPRK',
  barred: 'a recorded announcement bars it from the port',
  'outside-anchorages': 'it lay outside the usual anchorages for a day or more',
  'longer-than-queue': 'it stayed longer than the queue limit',
  'left-without-visit': 'it left again without a visit',
};

function designatedSentence(event: EventDraft): string {
  const { evidence } = event;
  const entries = evidence['designations'] as readonly Listing[];
  const lists = entries.map(
    (entry) =>
      `${plainText(entry.list)} (since ${plainText(entry.designatedOn)}, as ${plainText(entry.shipName)})`,
  );
  const how =
    evidence['level'] === 'confirmed'
      ? 'sends the IMO number of a ship'
      : 'sends what may be the identity of a ship';
  const end =
    event.closedAt === null ? '' : ` Last heard ${plainUtc(event.closedAt)}; ${event.reason ?? 'closed'}.`;
  return `${shipName(event)} ${how} on ${lists.join(', ')}; first heard so on ${plainUtc(event.openedAt)}, ${placeOf(event)}.${end}`;
}
