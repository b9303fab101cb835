import type { Box, Ring, WatchlistRecord } from '@offing/store';
import { bodyCheck } from '../plugins/checking-body.ts';
import type { Form } from '../plugins/forms.ts';
import { parseBox, parsePolygon } from '../query/boxes.ts';
import { parseChoices, parseImoList, parseMmsiList } from '../query/lists.ts';
import type { Fault } from '../schemas/problem.ts';
import { EVENT_TYPES, SEVERITIES, VERDICTS } from '../schemas/vocabulary.ts';
import { newWatchlistSchema, type NewWatchlistBody } from '../schemas/watchlist.ts';

/** The fields of the form of a watchlist as text, whatever was sent. */
export type WatchFields = {
  readonly name: string;
  readonly ports: string;
  readonly mmsi: string;
  readonly imoNumbers: string;
  readonly vesselIds: string;
  readonly lists: string;
  readonly polygons: string;
  readonly rules: readonly string[];
  readonly verdicts: readonly string[];
  readonly minSeverity: string;
  readonly synthetic: boolean;
  readonly confirm: boolean;
};

/** What a view of alerts is filtered by that a watchlist cannot keep. */
const NOT_KEPT = ['from', 'to', 'name', 'flag', 'confidence', 'nexus', 'state', 'feed', 'as_of'] as const;

const check = bodyCheck(newWatchlistSchema);

/** Returns the fields of a form that was sent. */
export function fieldsOf(form: Form): WatchFields {
  const text = (name: string) => form.get(name)?.[0] ?? '';
  return {
    name: text('name'),
    ports: text('ports'),
    mmsi: text('mmsi'),
    imoNumbers: text('imoNumbers'),
    vesselIds: text('vesselIds'),
    lists: text('lists'),
    polygons: text('polygons'),
    rules: form.get('rules') ?? [],
    verdicts: form.get('verdicts') ?? [],
    minSeverity: text('minSeverity'),
    synthetic: text('synthetic') === 'true',
    confirm: text('confirm') === 'true',
  };
}

/** Returns the fields that make a watchlist of a view of alerts, and the names of what it cannot keep. */
export function fieldsOfView(filters: ReadonlyMap<string, string>): {
  readonly fields: WatchFields;
  readonly leftOut: readonly string[];
} {
  const of = (name: string) => filters.get(name) ?? '';
  const rules = ['type', 'rule'].flatMap((name) => parseChoices(of(name), EVENT_TYPES) ?? []);
  const box = parseBox(of('bbox'));
  const boxText = box === null ? [] : [wktOf(cornersOf(box))];
  const polygon = parsePolygon(of('polygon')) === null ? [] : [of('polygon')];
  return {
    fields: {
      name: of('port'),
      ports: of('port'),
      mmsi: (parseMmsiList(of('mmsi')) ?? []).join(', '),
      imoNumbers: (parseImoList(of('imo')) ?? []).join(', '),
      vesselIds: of('vessel'),
      lists: '',
      polygons: [...polygon, ...boxText].join('\n'),
      rules: [...new Set(rules)],
      verdicts: parseChoices(of('verdict'), VERDICTS) ?? [],
      minSeverity: SEVERITIES.find((severity) => severity === of('severity')) ?? 'low',
      synthetic: of('synthetic') === 'true',
      confirm: false,
    },
    leftOut: NOT_KEPT.filter((name) => filters.has(name)),
  };
}

/** Returns the fields of a watchlist as it is kept. */
export function fieldsOfList({ name, filter }: WatchlistRecord): WatchFields {
  return {
    name,
    ports: filter.ports.join(', '),
    mmsi: filter.mmsi.join(', '),
    imoNumbers: filter.imoNumbers.join(', '),
    vesselIds: filter.vesselIds.join(', '),
    lists: filter.lists.join(', '),
    polygons: filter.polygons.map(wktOf).join('\n'),
    rules: filter.rules,
    verdicts: filter.verdicts,
    minSeverity: filter.minSeverity,
    synthetic: filter.synthetic,
    confirm: false,
  };
}

function cornersOf({ west, south, east, north }: Box): Ring {
  return [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
  ];
}

function wktOf(ring: Ring): string {
  return `POLYGON((${ring.map(([lon, lat]) => `${lon} ${lat}`).join(', ')}))`;
}

/** Returns the body of the API that fields mean, and every fault of it; a channel is added by itself. */
export function bodyOf(fields: WatchFields): {
  readonly body: NewWatchlistBody;
  readonly faults: readonly Fault[];
} {
  const rings = partsOf(fields.polygons, /\r?\n/).map((text) => ({ text, ring: parsePolygon(text) }));
  const body = {
    name: fields.name.trim(),
    ports: partsOf(fields.ports),
    mmsi: partsOf(fields.mmsi).map(numberOf),
    imoNumbers: partsOf(fields.imoNumbers).map(numberOf),
    vesselIds: partsOf(fields.vesselIds),
    lists: partsOf(fields.lists),
    polygons: rings.flatMap(({ ring }) => (ring === null ? [] : [ring])),
    rules: fields.rules,
    verdicts: fields.verdicts,
    minSeverity: fields.minSeverity === '' ? 'low' : fields.minSeverity,
    synthetic: fields.synthetic,
    confirm: fields.confirm,
  };
  const wrong = rings.flatMap(({ text, ring }): Fault[] =>
    ring === null
      ? [
          {
            in: 'body',
            field: 'polygons',
            value: text,
            expected: 'POLYGON((lon lat, …)) of 3 to 200 corners',
          },
        ]
      : [],
  );
  return { body: body as NewWatchlistBody, faults: [...wrong, ...check(body)] };
}

function partsOf(text: string, separator = /[,;\n]/): readonly string[] {
  return text
    .split(separator)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** What is no number stays text, so that the check names it. */
function numberOf(text: string): number | string {
  const digits = text.replace(/^IMO ?/i, '');
  return /^\d{1,9}$/.test(digits) ? Number(digits) : text;
}
