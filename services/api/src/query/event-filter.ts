import { Type } from '@fastify/type-provider-typebox';
import type { EventFilter } from '@offing/store';
import { parameters } from '../schemas/parameters.ts';
import { EVENT_TYPES, SEVERITIES, STATE_CHOICES, STATES, VERDICTS } from '../schemas/vocabulary.ts';
import { isoOf, midsOfFlag } from '@offing/units';
import { parseBox, parsePolygon } from './boxes.ts';
import { parseInstant, type DayEnd } from './instants.ts';
import { parseChoices, parseImoList, parseMmsiList } from './lists.ts';

/** The query of the lists of events and alerts. */
export const eventQuerySchema = Type.Partial(
  Type.Object({
    from: parameters.from,
    to: parameters.to,
    bbox: parameters.bbox,
    polygon: parameters.polygon,
    port: parameters.port,
    type: parameters.type,
    rule: parameters.rule,
    severity: parameters.severity,
    verdict: parameters.verdict,
    confidence: parameters.confidence,
    nexus: parameters.nexus,
    mmsi: parameters.mmsi,
    imo: parameters.imo,
    name: parameters.name,
    flag: parameters.flag,
    vessel: parameters.vessel,
    state: parameters.state,
    synthetic: parameters.synthetic,
    feed: parameters.feed,
    as_of: parameters.as_of,
    limit: parameters.limit,
    cursor: parameters.cursor,
  }),
);

/** Returns the filter of a query that was checked; what is absent does not restrict, `state` apart: open and closed. */
export function eventFilterOf(filters: ReadonlyMap<string, string>): EventFilter {
  return present({
    ...instants(filters),
    ...kinds(filters),
    box: parsed(filters, 'bbox', parseBox),
    polygon: parsed(filters, 'polygon', parsePolygon),
    port: filters.get('port'),
    confidence: parsed(filters, 'confidence', Number),
    nexus: parsed(filters, 'nexus', isTrue),
    synthetic: parsed(filters, 'synthetic', isTrue),
    mmsi: parsed(filters, 'mmsi', parseMmsiList),
    imoNumbers: parsed(filters, 'imo', parseImoList),
    name: filters.get('name'),
    mids: parsed(filters, 'flag', midsOfFlag),
    vesselId: filters.get('vessel'),
    feed: filters.get('feed'),
  });
}

/** Returns `from`, `to` and `as_of` in ms: a day is its first moment in `from` and its last in the others. */
export function instants(filters: ReadonlyMap<string, string>) {
  const instantOf = (name: string, dayEnd: DayEnd) =>
    parsed(filters, name, (text) => parseInstant(text, dayEnd));
  return present({
    from: instantOf('from', 'first'),
    to: instantOf('to', 'last'),
    asOf: instantOf('as_of', 'last'),
  });
}

/** Returns the instant of a question about the past as printed; null for now. */
export function asOfText({ asOf }: { readonly asOf?: number }): string | null {
  return asOf === undefined ? null : isoOf(asOf);
}

/** Returns the kinds, severities, verdicts and states that are wanted; without `state` open and closed ones. */
export function kinds(filters: ReadonlyMap<string, string>) {
  const least = SEVERITIES.findIndex((severity) => severity === filters.get('severity'));
  return {
    types: typesOf(filters),
    severities: least > 0 ? SEVERITIES.slice(least) : undefined,
    verdicts: parsed(filters, 'verdict', (text) => parseChoices(text, VERDICTS)),
    states: statesOf(filters.get('state') ?? 'open,closed'),
  };
}

/** `type` and `rule` mean the same; where both are given both must hold. */
function typesOf(filters: ReadonlyMap<string, string>): readonly string[] | undefined {
  const types = parsed(filters, 'type', (text) => parseChoices(text, EVENT_TYPES));
  const rules = parsed(filters, 'rule', (text) => parseChoices(text, EVENT_TYPES));
  return types !== undefined && rules !== undefined
    ? types.filter((type) => rules.includes(type))
    : (types ?? rules);
}

function statesOf(text: string) {
  const choices = parseChoices(text, STATE_CHOICES) ?? [];
  return choices.includes('any') ? undefined : STATES.filter((state) => choices.includes(state));
}

/** Returns the value of a parameter, undefined where it is absent. */
export function parsed<Value>(
  filters: ReadonlyMap<string, string>,
  name: string,
  parse: (text: string) => Value | null,
): Value | undefined {
  const text = filters.get(name);
  return text === undefined ? undefined : (parse(text) ?? undefined);
}

/** Returns the value of a flag. */
export function isTrue(text: string): boolean {
  return text === 'true';
}

type Present<Fields> = { [Name in keyof Fields]?: Exclude<Fields[Name], undefined> };

/** Returns the fields that have a value. */
export function present<Fields extends object>(fields: Fields): Present<Fields> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as Present<Fields>;
}
