import type { EventDraft, Json } from '@offing/rules';
import { plainUtc } from '@offing/units';
import { plainText } from './plain-text.ts';
import { placeOf, shipName, vesselName } from './words.ts';

const FIELD_WORDS: { readonly [field: string]: string } = {
  mmsi: 'MMSI',
  flag: 'flag',
  imoNumber: 'IMO number',
  callSign: 'call sign',
  shipName: 'name',
  lengthM: 'length (m)',
  beamM: 'breadth (m)',
};

/** Returns the sentence on a change of what a ship is known by. */
export function identityChangeSentence(event: EventDraft): string {
  const { evidence, vessels } = event;
  const when = plainUtc(event.openedAt);
  const changes = changesOf(evidence['changes']);
  switch (evidence['kind']) {
    case 'clone': {
      const other = vessels[1] === undefined ? 'another hull' : vesselName(vessels[1]);
      const how =
        evidence['isAtOnce'] === true ? 'at the same time' : 'where one ship could not have been in time';
      return `${shipName(event)} apparently sends an IMO number that ${other} sends too, ${how}, ${String(evidence['apartKm'])} km apart; first so on ${when}, ${placeOf(event)}.`;
    }
    case 'mmsi': {
      const old = vessels[1] === undefined ? 'another MMSI' : `MMSI ${vessels[1].mmsi}`;
      return `${shipName(event)} is apparently the ship that was heard under ${old} before: it sends the same IMO number since ${when}, ${placeOf(event)} (${changes}).`;
    }
    case 'reused-mmsi':
      return `${shipName(event)} is heard under an MMSI that another hull used before with another identity; since ${when}, ${placeOf(event)} (${changes}).`;
    default:
      return `${shipName(event)} changed what it says of itself: ${changes}; since ${when}, ${placeOf(event)}.`;
  }
}

function changesOf(changes: Json | undefined): string {
  const list = (changes ?? []) as readonly {
    readonly field: string;
    readonly from: Json;
    readonly to: Json;
  }[];
  if (list.length === 0) return 'no other difference';
  return list
    .map(({ field, from, to }) => `${FIELD_WORDS[field] ?? field} from ${valueOf(from)} to ${valueOf(to)}`)
    .join(', ');
}

function valueOf(value: Json): string {
  return typeof value === 'string' || typeof value === 'number' ? plainText(`${value}`) : 'unknown';
}
