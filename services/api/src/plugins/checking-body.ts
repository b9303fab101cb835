import { TypeBoxValidatorCompiler, type TSchema } from '@fastify/type-provider-typebox';
import type { Fault } from '../schemas/problem.ts';

/** As much of a validator's error as is told. */
type SchemaError = {
  readonly keyword: string;
  readonly schemaPath: string;
  readonly instancePath: string;
  readonly params: {
    readonly requiredProperties?: readonly string[];
    readonly additionalProperties?: readonly string[];
  };
  readonly message: string;
};

const MOST_FAULTS = 20;

/** Returns a check of bodies against a schema that tells every fault (the first twenty), the field as a path of names. */
export function bodyCheck(schema: TSchema): (body: unknown) => readonly Fault[] {
  const validate = TypeBoxValidatorCompiler({ schema, method: 'POST', url: '', httpPart: 'body' });
  return (body) => {
    const { error } = validate(body) as { error?: unknown };
    if (error === undefined) return nulFaults(body);
    // An unknown name is told twice, by the object and by itself.
    const errors = (error as readonly SchemaError[]).filter(({ keyword }) => keyword !== 'boolean');
    return errors.flatMap((one) => faultsOf(schema, body, one)).slice(0, MOST_FAULTS);
  };
}

function faultsOf(schema: TSchema, body: unknown, error: SchemaError): Fault[] {
  const path = error.instancePath.split('/').slice(1);
  const { requiredProperties: missing, additionalProperties: unknown } = error.params;
  if (missing !== undefined) {
    return missing.map((name) => fault([...path, name], '', 'a value, it must not be missing'));
  }
  if (unknown !== undefined) {
    const known = Object.keys(
      (partOf(schema, error.schemaPath) as { properties?: object }).properties ?? {},
    ).join(', ');
    return unknown.map((name) => fault([...path, name], '', `one of the names ${known}`));
  }
  const part = partOf(schema, error.schemaPath) as { readonly 'x-expected'?: string };
  const expected = part['x-expected'] ?? error.message.replace(/^must (be )?/, '');
  return [fault(path, valueAt(body, path), expected)];
}

function fault(path: readonly string[], value: unknown, expected: string): Fault {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return { in: 'body', field: path.length === 0 ? 'body' : path.join('.'), value: text, expected };
}

function partOf(schema: TSchema, schemaPath: string): unknown {
  return valueAt(schema, schemaPath.split('/').slice(1)) ?? {};
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inner, name) =>
      typeof inner === 'object' && inner !== null && Object.hasOwn(inner, name)
        ? (inner as Record<string, unknown>)[name]
        : undefined,
    value,
  );
}

/** NUL is text in no database; no schema needs to say so. */
function nulFaults(body: unknown): readonly Fault[] {
  return JSON.stringify(body).includes('\\u0000') ? [fault([], '\0', 'text without NUL')] : [];
}
