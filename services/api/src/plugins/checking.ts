import { TypeBoxValidatorCompiler, type TSchema } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyRequest, preValidationHookHandler, RouteOptions } from 'fastify';
import { decodeCursor, listFingerprint } from '../query/cursor.ts';
import { parseInstant } from '../query/instants.ts';
import { readQuery } from '../query/raw-query.ts';
import type { Fault } from '../schemas/problem.ts';
import { bodyCheck } from './checking-body.ts';
import { invalidRequest } from './problem.ts';
import { listNameOf } from './requests.ts';

type ObjectSchema = { readonly properties: Readonly<Record<string, TSchema>> };
type Place = 'query' | 'path';
type Check = (text: string) => { readonly value: unknown } | { readonly fault: Fault };

const NUMBER = /^-?(\d{1,15}(\.\d{1,15})?|\.\d{1,15})$/;

/**
 * Checks the query, the path and the body of every route against its schemas before its handler runs, strictly: unknown and
 * repeated names are faults, and all faults are told at once. Routes must be added after this.
 */
export function addChecking(app: FastifyInstance): void {
  // Checked here, because Fastify stops at the first part of a request that is faulty and forgives repeated names.
  app.setValidatorCompiler(() => () => true);
  app.addHook('onRoute', (route) => {
    // The documents' own routes bring schemas of their own making and take no parameters.
    if (route.schema?.hide === true && !route.url.startsWith('/ogc')) return;
    const before = route.preValidation ?? [];
    route.preValidation = [routeCheck(route), ...(Array.isArray(before) ? before : [before])];
  });
}

function routeCheck(route: RouteOptions): preValidationHookHandler {
  const query = checksOf('query', route.schema?.querystring as ObjectSchema | undefined);
  const path = checksOf('path', route.schema?.params as ObjectSchema | undefined);
  const body = route.schema?.body === undefined ? null : bodyCheck(route.schema.body as TSchema);
  const lenient = route.config?.page === true;
  return (request, _reply, done) => {
    const { values, filters, faults } = checkedQuery(request, query, lenient);
    const cursor = cursorOf(request, filters, faults);
    faults.push(...spanFaults(filters), ...pathFaults(request, path), ...(body?.(request.body) ?? []));
    if (faults.length > 0) return done(invalidRequest(faults));
    request.query = values;
    request.filters = filters;
    request.after = cursor;
    done();
  };
}

function checksOf(place: Place, schema: ObjectSchema | undefined): ReadonlyMap<string, Check> {
  const properties = Object.entries(schema?.properties ?? {});
  return new Map(properties.map(([name, property]) => [name, checkOf(place, name, property)]));
}

function checkOf(place: Place, field: string, schema: TSchema): Check {
  const validate = TypeBoxValidatorCompiler({ schema, method: 'GET', url: '', httpPart: 'body' });
  const { type, 'x-expected': expected } = schema as { type?: string; 'x-expected'?: string };
  return (text) => {
    const value = valueOf(text, type);
    const result = validate(value) as { error?: unknown };
    // NUL is text in no database; no schema needs to say so.
    if (result.error === undefined && !text.includes('\0')) return { value };
    return { fault: { in: place, field, value: text, expected: expected ?? 'another value' } };
  };
}

function valueOf(text: string, type: string | undefined): unknown {
  if (type === 'boolean') return text === 'true' ? true : text === 'false' ? false : text;
  if (type === 'integer' || type === 'number') return NUMBER.test(text) ? Number(text) : text;
  return text;
}

function checkedQuery(request: FastifyRequest, checks: ReadonlyMap<string, Check>, lenient: boolean) {
  const raw = readQuery(request.raw.url ?? '');
  const faults: Fault[] = raw.faults.map((fault) => ({ in: 'query', ...fault }));
  const filters = new Map<string, string>();
  const values: Record<string, unknown> = {};
  for (const [field, texts] of raw.values) {
    const check = checks.get(field);
    const text = texts[0];
    // The key was taken; it is no filter and stands in nothing that is kept.
    if (field === 'api_key' && request.caller.via === 'query' && texts.length === 1) continue;
    if (check === undefined) {
      faults.push({ in: 'query', field, value: texts.join(' '), expected: knownNames(checks) });
    } else if (texts.length > 1) {
      faults.push({ in: 'query', field, value: texts.join(' '), expected: 'the parameter once' });
    } else if (!lenient || text !== '') {
      // A form sends its empty fields, too.
      const result = check(text);
      if ('fault' in result) faults.push(result.fault);
      else {
        values[field] = result.value;
        filters.set(field, text);
      }
    }
  }
  return { values, filters, faults };
}

function knownNames(checks: ReadonlyMap<string, Check>): string {
  return checks.size === 0
    ? 'no parameters here'
    : `one of the parameters ${[...checks.keys()].sort().join(', ')}`;
}

function spanFaults(filters: ReadonlyMap<string, string>): Fault[] {
  const [from, to] = [filters.get('from'), filters.get('to')];
  if (from === undefined || to === undefined) return [];
  const [start, end] = [parseInstant(from, 'first'), parseInstant(to, 'last')];
  const ordered = start === null || end === null || start <= end;
  return ordered ? [] : [{ in: 'query', field: 'to', value: to, expected: 'an instant not before `from`' }];
}

function cursorOf(request: FastifyRequest, filters: ReadonlyMap<string, string>, faults: Fault[]) {
  const text = filters.get('cursor');
  const { cursorKey } = request.routeOptions.config;
  if (text === undefined || cursorKey === undefined) return null;
  const key = decodeCursor(text, listFingerprint(listNameOf(request), filters), cursorKey);
  if (key !== null && key !== 'foreign') return key;
  const expected =
    key === 'foreign'
      ? 'a cursor made by this list for the same filters'
      : 'the `next` of an earlier page, unchanged';
  faults.push({ in: 'query', field: 'cursor', value: text, expected });
  return null;
}

function pathFaults(request: FastifyRequest, checks: ReadonlyMap<string, Check>): Fault[] {
  const params = request.params as Readonly<Record<string, string>>;
  return [...checks].flatMap(([name, check]) => {
    const result = check(params[name] ?? '');
    return 'fault' in result ? [result.fault] : [];
  });
}
