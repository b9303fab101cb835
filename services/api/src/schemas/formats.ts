import { Format } from '@fastify/type-provider-typebox';
import { parseBox, parsePolygon } from '../query/boxes.ts';
import { isDay, parseInstant, parseInterval } from '../query/instants.ts';
import { parseChoices, parseImoList, parseMmsiList } from '../query/lists.ts';
import { CORRECTION_KINDS, EVENT_TYPES, STATE_CHOICES, VERDICTS } from './vocabulary.ts';

/** The formats of parameters that a pattern cannot describe, by the name that stands in the schema. */
const FORMATS: Readonly<Record<string, (text: string) => boolean>> = {
  'offing-instant': (text) => parseInstant(text, 'first') !== null,
  'offing-interval': (text) => parseInterval(text) !== null,
  'offing-day': isDay,
  'offing-box': (text) => parseBox(text) !== null,
  'offing-polygon': (text) => parsePolygon(text) !== null,
  'offing-mmsi-list': (text) => parseMmsiList(text) !== null,
  'offing-imo-list': (text) => parseImoList(text) !== null,
  'offing-type-list': (text) => parseChoices(text, EVENT_TYPES) !== null,
  'offing-verdict-list': (text) => parseChoices(text, VERDICTS) !== null,
  'offing-correction-list': (text) => parseChoices(text, CORRECTION_KINDS) !== null,
  'offing-state-list': (text) => parseChoices(text, STATE_CHOICES) !== null,
};

/** Makes the formats known to the schema compiler; doing it twice changes nothing. */
export function registerFormats(): void {
  for (const [name, check] of Object.entries(FORMATS)) Format.Set(name, check);
}
