import type { EventDraft } from '@offing/rules';

/** Returns what the verdict on a silence means, in cautious words. */
export function verdictWords(event: EventDraft): string {
  const { evidence } = event;
  const witnesses = Number(evidence['witnesses']);
  const others = `${witnesses} other ${witnesses === 1 ? 'ship' : 'ships'} of its class within the area`;
  if (event.verdict === 'silent') {
    return `${others} ${witnesses === 1 ? 'was' : 'were'} heard meanwhile, which is consistent with a transponder that was switched off or failed`;
  }
  if (event.verdict === 'void') return 'the receivers themselves were out, or the MMSI is shared';
  const doubt = doubtOf(event);
  if (doubt !== null) return DOUBT_WORDS.find(([name]) => name === doubt)?.[1] ?? doubt;
  return `too little was heard of other ships (${witnesses}) to tell a silent ship from missing reception`;
}

/** Returns what is said against a silence of the ship; null where too little was heard of others to say more. */
export function doubtOf({ evidence }: EventDraft): string | null {
  const doubts = (evidence['doubts'] ?? []) as readonly string[];
  if (doubts.includes('few-witnesses')) return null;
  return DOUBT_WORDS.find(([name]) => doubts.includes(name))?.[0] ?? null;
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
  [
    'harbour-bound',
    'it is a small craft that was bound for the shore, and may lie in a harbour with its transponder off',
  ],
  [
    'outage-nearby',
    'receivers close by were out when it fell silent, and it may have sailed out of what the others hear',
  ],
  [
    'ships-vanish-here',
    'ships are often not heard on from there, which is consistent with the rim of what the receivers hear',
  ],
  ['heard-too-briefly', 'it had been heard for too short a time to know how well it is heard'],
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
