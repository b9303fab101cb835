import type { EventDraft } from '@offing/rules';
import { plainDuration, plainUtc } from '@offing/units';
import { plainText } from './plain-text.ts';

/** A listing as `designated-vessel` puts it into its evidence. */
type Listing = { readonly list: string; readonly designatedOn: string; readonly shipName: string };

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
  const doubts = (evidence['doubts'] ?? []) as readonly string[];
  const doubt = DOUBT_WORDS.find(([name]) => doubts.includes(name));
  if (doubt !== undefined && !doubts.includes('few-witnesses')) return doubt[1];
  return `too little was heard of other ships (${witnesses}) to tell a silent ship from missing reception`;
}

/** What speaks against a silence of the ship where enough others were heard; the first that holds is said. */
const DOUBT_WORDS: readonly (readonly [string, string])[] = [
  [
    'leaving-coverage',
    'it was apparently heading out of the receivers\u2019 coverage, so this says little about the ship',
  ],
  [
    'out-when-it-fell-silent',
    'the receivers were out when it fell silent, so it may have been anywhere when they were back',
  ],
  [
    'fell-silent-together',
    'other ships around it fell silent at the same time, which is consistent with a hole in reception',
  ],
  ['maybe-moored', 'it lay still where the coast is not known, and may have been at a berth'],
  ['own-interval', 'the ship was seldom heard before as well, so this says little about it'],
  [
    'few-hours-with-witness',
    'others were heard in too few of the hours to tell a silent ship from missing reception',
  ],
  [
    'not-heard-early',
    'no others were heard when it fell silent, so missing reception cannot be told from a silent ship',
  ],
];

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

function shipName(event: EventDraft): string {
  const [vessel] = event.vessels;
  const imo = vessel.imoNumber === null ? '' : `, IMO ${vessel.imoNumber}`;
  const name = vessel.shipName === null ? '' : plainText(vessel.shipName);
  return `${name === '' ? 'A ship without a name' : name} (MMSI ${vessel.mmsi}${imo})`;
}

function placeOf(event: EventDraft): string {
  const km = event.evidence['portKm'];
  const place = `at ${coordinate(event.lat, 'N', 'S')} ${coordinate(event.lon, 'E', 'W')}`;
  if (event.port === null) return place;
  const port = plainText(event.port.name);
  return typeof km === 'number' ? `${km} km from ${port}` : `near ${port}, ${place}`;
}

function coordinate(value: number, positive: string, negative: string): string {
  return `${Math.abs(value).toFixed(2)}\u00b0${value < 0 ? negative : positive}`;
}
