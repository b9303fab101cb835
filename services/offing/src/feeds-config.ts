import type { Box, LiveFeedConfig, LiveKind, LiveSource, Secret } from '@offing/ingest';
import { HOUR_MS } from '@offing/units';
import { Type, type TSchema } from 'typebox';
import { Value } from 'typebox/value';
import { FEED_KINDS, feedSchema, FILE_FIELDS, LIST_FIELDS } from './feeds-config-schema.ts';

/** The name of the file. */
export const CONFIG_NAME = 'offing.config.json';

/** What is wrong at one place of the file: the field, what stands there, and what should. */
export type ConfigFault = { readonly field: string; readonly value: string; readonly expected: string };

/** A list of ships that is fetched again and again: the addresses of its files, and its name where it is not known by them. */
export type ListConfig = {
  readonly urls: readonly string[];
  readonly list: string | null;
  readonly everyMs: number;
};

/** What the file says. */
export type FeedsConfig = {
  readonly feeds: readonly LiveFeedConfig[];
  readonly latenessMs: number;
  /** For how long all that live feeds bring is kept as it came; what an event rests on is kept for good. */
  readonly rawKeepDays: number;
  readonly designations: readonly ListConfig[];
};

/** What reading the file gave: the configuration, or everything that is wrong with it. */
export type ConfigRead =
  | { readonly config: FeedsConfig; readonly faults: null }
  | { readonly config: null; readonly faults: readonly ConfigFault[] };

/** Gives the value of an environment variable, or undefined. */
export type GetVariable = (name: string) => string | undefined;

/** Lists change every few days at most; their publishers ask to be asked no more than daily (ours). */
const DEFAULT_LIST_HOURS = 24;

type Fields = Readonly<Record<string, unknown>>;

const DEFAULT_LATENESS_S = 600;
/** A stay off a port lasts this long before it is told at the latest, and its first position is then looked for (ours). */
const DEFAULT_RAW_DAYS = 30;
/** A position that is older on arrival says nothing about now, days (ours). */
const DEFAULT_STALE_DAYS = 1;
/** A connection that brings nothing for this long is made anew, seconds (ours); polls wait three intervals. */
const DEFAULT_SILENT_S = 120;

/** Returns what the text of the file says, or all its faults at once. Secrets are looked up, never shown. */
export function readFeedsConfig(text: string, variable: GetVariable): ConfigRead {
  const faults: ConfigFault[] = [];
  const file = parse(text, faults);
  if (file === null) return { config: null, faults };
  const { feeds: listed = [], designations = [], ...rest } = file;
  check(Type.Object(FILE_FIELDS, { additionalProperties: false }), rest, '', faults);
  if (!Array.isArray(listed)) addFault(faults, 'feeds', listed, 'a list of feeds');
  const all = Array.isArray(listed) ? (listed as readonly unknown[]) : [];
  const feeds = all.map((feed, place) => readFeed(feed, `feeds[${place}]`, variable, faults));
  checkTogether(all, faults);
  const lists = readLists(designations, faults);
  if (faults.length > 0) return { config: null, faults };
  const latenessS = (rest['allowedLatenessSeconds'] as number | undefined) ?? DEFAULT_LATENESS_S;
  return {
    config: {
      feeds: feeds.flatMap((feed) => feed ?? []),
      latenessMs: latenessS * 1000,
      rawKeepDays: (rest['rawKeepDays'] as number | undefined) ?? DEFAULT_RAW_DAYS,
      designations: lists,
    },
    faults: null,
  };
}

/** Returns faults as lines for people. */
export function faultLines(faults: readonly ConfigFault[]): string {
  return faults
    .map(({ field, value, expected }) => `  ${field} is ${value}, expected ${expected}`)
    .join('\n');
}

function parse(text: string, faults: ConfigFault[]): Fields | null {
  try {
    const value = JSON.parse(text) as unknown;
    if (isFields(value)) return value;
    addFault(faults, 'the file', value, '{"feeds": […]}');
  } catch (error) {
    // The message may quote the text, and the text may hold a secret: only the place is told.
    const place = /position \d+|line \d+ column \d+/.exec((error as Error).message)?.[0];
    faults.push({
      field: 'the file',
      value: `no JSON${place === undefined ? '' : ` (${place})`}`,
      expected: '{"feeds": […]}',
    });
  }
  return null;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readLists(given: unknown, faults: ConfigFault[]): readonly ListConfig[] {
  if (!Array.isArray(given)) {
    addFault(faults, 'designations', given, 'a list of lists of ships');
    return [];
  }
  return (given as readonly unknown[]).flatMap((value, place) => {
    const at = `designations[${place}]`;
    if (!isFields(value)) {
      addFault(faults, at, value, 'an object with urls');
      return [];
    }
    const before = faults.length;
    check(Type.Object(LIST_FIELDS, { additionalProperties: false }), value, at, faults);
    if (faults.length > before) return [];
    const hours = (value['everyHours'] as number | undefined) ?? DEFAULT_LIST_HOURS;
    const list = (value['list'] as string | undefined) ?? null;
    return [{ urls: value['urls'] as readonly string[], list, everyMs: hours * HOUR_MS }];
  });
}

function readFeed(
  value: unknown,
  at: string,
  variable: GetVariable,
  faults: ConfigFault[],
): LiveFeedConfig | null {
  if (!isFields(value)) {
    addFault(faults, at, value, 'an object with name and kind');
    return null;
  }
  const kind = FEED_KINDS.find((known) => known === value['kind']);
  if (kind === undefined) {
    addFault(faults, `${at}.kind`, value['kind'], `one of ${FEED_KINDS.join(', ')}`);
    return null;
  }
  const before = faults.length;
  check(feedSchema(kind), value, at, faults);
  checkBoxes(value, at, faults);
  const secretOf = (field: string): Secret => {
    const { env } = value[field] as { readonly env: string };
    const found = variable(env);
    if (found === undefined)
      faults.push({
        field: `${at}.${field}`,
        value: `the variable ${env}, which is not set`,
        expected: 'a variable that is set',
      });
    return { env, value: found ?? '' };
  };
  if (faults.length > before) return null;
  const source = sourceOf(kind, value, secretOf);
  return {
    name: value['name'] as string,
    synthetic: value['synthetic'] === true,
    terms: (value['terms'] as string | undefined) ?? TERMS[kind] ?? null,
    source,
    staleDays: (value['staleDays'] as number | undefined) ?? DEFAULT_STALE_DAYS,
    silentS: (value['silentSeconds'] as number | undefined) ?? silentS(source),
  };
}

/** Terms of use of the sources that are always the same. */
const TERMS: Readonly<Partial<Record<LiveKind, string>>> = {
  'digitraffic-mqtt': 'Fintraffic / digitraffic.fi, CC BY 4.0',
  'digitraffic-rest': 'Fintraffic / digitraffic.fi, CC BY 4.0',
  barentswatch: 'Norwegian Coastal Administration / BarentsWatch, NLOD 2.0',
};

function silentS(source: LiveSource): number {
  return 'everyS' in source ? Math.max(DEFAULT_SILENT_S, 3 * source.everyS) : DEFAULT_SILENT_S;
}

/** Returns the source that checked fields describe. */
function sourceOf(kind: LiveKind, fields: Fields, secretOf: (field: string) => Secret): LiveSource {
  const text = (field: string, otherwise: string): string =>
    (fields[field] as string | undefined) ?? otherwise;
  const number = (field: string, otherwise: number): number =>
    (fields[field] as number | undefined) ?? otherwise;
  const listening = { host: text('host', '127.0.0.1'), port: number('port', 0) };
  switch (kind) {
    case 'nmea-tcp':
    case 'nmea-tcp-listener':
    case 'nmea-udp':
    case 'ais-catcher-http':
    case 'ais-catcher-udp':
      return { kind, ...listening };
    case 'nmea-stdin':
      return { kind };
    case 'gpsd':
      return { kind, host: listening.host, port: number('port', 2947) };
    case 'aisstream': {
      const url = text('url', 'wss://stream.aisstream.io/v0/stream');
      const mmsi = (fields['mmsi'] as readonly number[] | undefined) ?? [];
      return {
        kind,
        url,
        apiKey: secretOf('apiKey'),
        boxes: (fields['boxes'] as readonly Corners[]).map(boxOf),
        mmsi,
      };
    }
    case 'digitraffic-mqtt':
      return { kind, url: text('url', 'wss://meri.digitraffic.fi:443/mqtt') };
    case 'digitraffic-rest':
      return { kind, url: text('url', 'https://meri.digitraffic.fi'), everyS: number('everySeconds', 60) };
    case 'barentswatch':
      return {
        kind,
        url: text('url', 'https://live.ais.barentswatch.no/v1/combined'),
        tokenUrl: text('tokenUrl', 'https://id.barentswatch.no/connect/token'),
        clientId: text('clientId', ''),
        clientSecret: secretOf('clientSecret'),
      };
    case 'aishub': {
      const corners = fields['box'] as Corners | undefined;
      return {
        kind,
        url: text('url', 'https://data.aishub.net/ws.php'),
        username: secretOf('username'),
        format: fields['format'] === 0 ? 0 : 1,
        box: corners === undefined ? null : boxOf(corners),
        everyS: number('everySeconds', 65),
      };
    }
    case 'signalk':
      return { kind, url: text('url', ''), token: fields['token'] === undefined ? null : secretOf('token') };
  }
}

type Corners = readonly [west: number, south: number, east: number, north: number];

function boxOf([west, south, east, north]: Corners): Box {
  return { west, south, east, north };
}

function checkBoxes(feed: Fields, at: string, faults: ConfigFault[]): void {
  const { boxes, box } = feed;
  const named = [
    ...(Array.isArray(boxes)
      ? (boxes as readonly unknown[]).map((one, i) => [`${at}.boxes[${i}]`, one] as const)
      : []),
    [`${at}.box`, box] as const,
  ];
  for (const [field, one] of named) {
    if (!Array.isArray(one) || !one.every((corner) => typeof corner === 'number')) continue;
    const [west, south, east, north] = one;
    if (west >= east || south >= north)
      addFault(
        faults,
        field,
        one,
        '[west, south, east, north] in degrees, west before east and south before north',
      );
  }
}

function checkTogether(feeds: readonly unknown[], faults: ConfigFault[]): void {
  const names = new Map<unknown, number>();
  let stdin = -1;
  for (const [place, feed] of feeds.entries()) {
    if (!isFields(feed)) continue;
    const { name, kind } = feed;
    const first = names.get(name);
    if (typeof name === 'string' && first !== undefined)
      addFault(faults, `feeds[${place}].name`, name, `another name than that of feeds[${first}]`);
    names.set(name, first ?? place);
    if (kind === 'nmea-stdin' && stdin >= 0)
      addFault(
        faults,
        `feeds[${place}].kind`,
        kind,
        `one feed of standard input, and feeds[${stdin}] is one`,
      );
    if (kind === 'nmea-stdin') stdin = place;
  }
}

/** Adds the faults that a value has by its schema, one for each field; the first is the nearest to the cause. */
function check(schema: TSchema, value: unknown, at: string, faults: ConfigFault[]): void {
  const seen = new Set<string>();
  for (const error of Value.Errors(schema, value)) {
    const path = error.instancePath.split('/').slice(1);
    const params = error.params as {
      readonly requiredProperties?: readonly string[];
      readonly additionalProperties?: readonly string[];
    };
    for (const [name, expected] of missingOrUnknown(schema, params))
      addOnce(faults, seen, at, [...path, name], undefined, expected, value);
    if (params.requiredProperties === undefined && params.additionalProperties === undefined)
      addOnce(faults, seen, at, path, error.message, null, value, schema);
  }
}

function missingOrUnknown(
  schema: TSchema,
  params: {
    readonly requiredProperties?: readonly string[];
    readonly additionalProperties?: readonly string[];
  },
): (readonly [string, string])[] {
  const known = Object.keys(propertiesOf(schema));
  return [
    ...(params.requiredProperties ?? []).map(
      (name) => [name, expectedOf(propertiesOf(schema)[name]) ?? 'a value'] as const,
    ),
    ...(params.additionalProperties ?? []).map(
      (name) => [name, `no such field; known are ${known.join(', ')}`] as const,
    ),
  ];
}

function addOnce(
  faults: ConfigFault[],
  seen: Set<string>,
  at: string,
  path: readonly string[],
  message: string | undefined,
  expected: string | null,
  value: unknown,
  schema?: TSchema,
): void {
  // Of a list or a secret, the field as a whole is what a person looks for.
  const [name] = path;
  if (name === undefined || seen.has(name)) return;
  seen.add(name);
  const field = at === '' ? name : `${at}.${name}`;
  const wanted =
    expected ??
    expectedOf(schema === undefined ? undefined : propertiesOf(schema)[name]) ??
    message ??
    'another value';
  const sent = isFields(value) ? value[name] : undefined;
  const hidden = SECRET_FIELDS.has(name) && typeof sent === 'string';
  if (hidden)
    faults.push({
      field,
      value: 'a text (not shown: secrets belong into the environment)',
      expected: wanted,
    });
  else addFault(faults, field, sent, wanted);
}

const SECRET_FIELDS: ReadonlySet<string> = new Set([
  'apiKey',
  'clientSecret',
  'username',
  'token',
  'password',
  'url',
  'urls',
  'tokenUrl',
]);

function propertiesOf(schema: TSchema): Readonly<Record<string, TSchema>> {
  return (schema as { readonly properties?: Readonly<Record<string, TSchema>> }).properties ?? {};
}

function expectedOf(schema: TSchema | undefined): string | undefined {
  return (schema as { readonly expected?: string } | undefined)?.expected;
}

function addFault(faults: ConfigFault[], field: string, value: unknown, expected: string): void {
  const shown = value === undefined ? 'missing' : JSON.stringify(value);
  faults.push({ field, value: shown.length > 80 ? `${shown.slice(0, 80)}…` : shown, expected });
}
