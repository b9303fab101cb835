import { Type, type Static, type TObject, type TProperties } from 'typebox';
import { Value } from 'typebox/value';

/** A number parameter: its default, its range, and where the default comes from. */
export function numberParam(value: number, minimum: number, maximum: number, description: string) {
  return Type.Number({ default: value, minimum, maximum, description });
}

/** A fault in a rule's parameters: which, what it was, what was expected. */
export type ParamFault = { readonly field: string; readonly value: unknown; readonly expected: string };

/** Returns the parameters with defaults filled in; throws a RangeError that lists every fault at once. */
export function parseParams<P extends TProperties>(
  ruleId: string,
  schema: TObject<P>,
  given: Readonly<Record<string, unknown>>,
): Static<TObject<P>> {
  const unknownNames = Object.keys(given).filter((name) => !(name in schema.properties));
  const filled = Value.Default(schema, { ...given });
  const faults = [
    ...unknownNames.map(
      (name) => `${ruleId}.${name}: no such parameter (known: ${Object.keys(schema.properties).join(', ')})`,
    ),
    ...Value.Errors(schema, filled).map(
      (fault) => `${ruleId}${fault.instancePath.replace('/', '.')}: ${fault.message}`,
    ),
  ];
  if (faults.length > 0) throw new RangeError(faults.join('\n'));
  return filled as Static<TObject<P>>;
}
