import type { EventDraft, Json } from '@offing/rules';
import { plainDuration, plainUtc } from '@offing/units';

/** Evidence fields as sentences read them; a missing one reads as null. */
type Fields = { readonly [key: string]: Json | undefined };

/** Returns one plain English sentence on what the evidence supports, in cautious words; made-up ships are named as such. */
export function englishSentence(event: EventDraft): string {
  const marked = event.synthetic ? 'SYNTHETIC (a made-up ship): ' : '';
  const taken = event.change === 'retracted' ? 'RETRACTED: ' : '';
  const why =
    event.change === 'retracted' && event.reason !== null ? ` Withdrawn because ${event.reason}.` : '';
  return `${marked}${taken}${bodyOf(event)}${why}`;
}

function bodyOf(event: EventDraft): string {
  switch (event.type) {
    case 'transponder-gap':
      return gapSentence(event);
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

function verdictWords(event: EventDraft): string {
  const { evidence } = event;
  const witnesses = Number(evidence['witnesses']);
  const others = `${witnesses} other ${witnesses === 1 ? 'ship' : 'ships'} of its class within the area`;
  if (event.verdict === 'silent') {
    return `${others} ${witnesses === 1 ? 'was' : 'were'} heard meanwhile, which is consistent with a transponder that was switched off or failed`;
  }
  if (event.verdict === 'void') return 'the receivers themselves were out, or the MMSI is shared';
  if (evidence['leavingCoverage'] === true)
    return 'it was apparently heading out of the receivers\u2019 coverage, so this says little about the ship';
  return `too little was heard of other ships (${witnesses}) to tell a silent ship from missing reception`;
}

function hoveringSentence(event: EventDraft): string {
  const { evidence } = event;
  const length = plainDuration(Number(evidence['lengthH']) * 3_600_000);
  const verb = event.closedAt === null ? 'has apparently been waiting' : 'apparently waited';
  const said = `${shipName(event)} ${verb} ${length} since ${plainUtc(event.openedAt)} at a mean ${String(evidence['meanSogKn'])} kn, ${placeOf(event)}`;
  const reasons = (evidence['reasons'] as readonly string[]).map((reason) => HOVER_WORDS[reason] ?? reason);
  return `${said}, without an observed port visit; told apart from the queue because ${reasons.join(' and ')}.`;
}

const HOVER_WORDS: { readonly [reason: string]: string } = {
  nexus: 'a dated record links it to the DPRK',
  'outside-anchorages': 'it lay outside the usual anchorages',
  'longer-than-queue': 'it stayed longer than the queue limit',
  'left-without-visit': 'it left again without a visit',
};

function designatedSentence(event: EventDraft): string {
  const { evidence } = event;
  const entries = evidence['designations'] as readonly Fields[];
  const lists = entries.map(
    (entry) =>
      `${String(entry['list'])} (since ${String(entry['designatedOn'])}, as ${String(entry['shipName'])})`,
  );
  const how =
    evidence['level'] === 'confirmed'
      ? 'sends the IMO number of a ship'
      : 'sends what may be the identity of a ship';
  const end =
    event.closedAt === null ? '' : ` Last heard ${plainUtc(event.closedAt)}; ${event.reason ?? 'closed'}.`;
  return `${shipName(event)} ${how} on ${lists.join(', ')}; first heard so on ${plainUtc(event.openedAt)}, ${placeOf(event)}.${end}`;
}

function shipName(event: EventDraft): string {
  const [vessel] = event.vessels;
  const imo = vessel.imoNumber === null ? '' : `, IMO ${vessel.imoNumber}`;
  return `${vessel.shipName ?? 'A ship without a name'} (MMSI ${vessel.mmsi}${imo})`;
}

function placeOf(event: EventDraft): string {
  const km = event.evidence['portKm'];
  const place = `at ${coordinate(event.lat, 'N', 'S')} ${coordinate(event.lon, 'E', 'W')}`;
  if (event.port === null) return place;
  return typeof km === 'number' ? `${km} km from ${event.port.name}` : `near ${event.port.name}, ${place}`;
}

function coordinate(value: number, positive: string, negative: string): string {
  return `${Math.abs(value).toFixed(2)}\u00b0${value < 0 ? negative : positive}`;
}
