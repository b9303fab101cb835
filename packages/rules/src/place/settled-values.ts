import type { Fix } from '../signal.ts';
import { isSameValue, SAID_FIELDS, type SaidField, type SaidValues } from './said-values.ts';

/** A value that a hull began to send in the place of another, and the position at which it did. */
export type NextValue = { readonly value: string | number; readonly since: number; readonly fix: Fix };

/** A change that held: what was sent before, and what since. */
export type SettledChange = NextValue & { readonly field: SaidField; readonly before: string | number };

/** What a hull is held to be, and what it has lately begun to say instead. */
export type Settled = {
  readonly values: SaidValues;
  /** When a field was first filled, ms; only while that is not long ago. */
  readonly young: { readonly [field in SaidField]?: number };
  readonly next: { readonly [field in SaidField]?: NextValue };
};

/** The state of a hull that has said nothing yet. */
export const NOTHING_SAID: Settled = {
  values: { imoNumber: null, callSign: null, shipName: null, lengthM: null, beamM: null },
  young: {},
  next: {},
};

/** Returns the state after a hull said something at an instant (ms): a value that comes back ends what began in its place. */
export function heardSaying(
  before: Settled,
  said: SaidValues,
  at: number,
  fix: Fix,
  holdMs: number,
): Settled {
  let state = fillingIn(before, said, at);
  for (const field of SAID_FIELDS) {
    const value = said[field];
    if (value !== null) state = withValue(state, field, value, at, fix, holdMs);
  }
  return state;
}

/** The state with all fields filled in that were empty so far. */
function fillingIn(state: Settled, said: SaidValues, at: number): Settled {
  let values: { [field in SaidField]: SaidValues[field] } | null = null;
  let young: { [field in SaidField]?: number } | null = null;
  for (const field of SAID_FIELDS) {
    if (said[field] === null || state.values[field] !== null) continue;
    values ??= { ...state.values };
    values[field] = said[field];
    young ??= { ...state.young };
    young[field] = at;
  }
  return values === null || young === null ? state : { ...state, values, young };
}

function withValue(
  state: Settled,
  field: SaidField,
  value: string | number,
  at: number,
  fix: Fix,
  holdMs: number,
): Settled {
  const kept = state.values[field];
  if (kept === null) return state;
  const next = state.next[field];
  if (isSameValue(field, value, kept))
    return next === undefined ? state : { ...state, next: without(state.next, field) };
  if (next !== undefined && isSameValue(field, value, next.value)) return state;
  const bornAt = state.young[field];
  // What was replaced before it had held itself was noise.
  if (bornAt !== undefined && at - bornAt < holdMs)
    return filled({ ...state, next: without(state.next, field) }, field, value, at);
  return { ...state, next: { ...state.next, [field]: { value, since: at, fix } } };
}

function filled(state: Settled, field: SaidField, value: string | number, at: number): Settled {
  return {
    ...state,
    values: { ...state.values, [field]: value },
    young: { ...state.young, [field]: at },
  };
}

/** Fields that changed together settle together when the last is short of its time by no more than this share of it (types 24 A and B). */
const TOGETHER = 0.5;

/**
 * Returns the changes that have held for long enough at an instant up to which the hull was heard (ms), and the state
 * after them. Nothing settles before the first of them has held.
 */
export function settledBy(
  state: Settled,
  heardUpTo: number,
  holdMs: number,
): { readonly state: Settled; readonly changes: readonly SettledChange[] } {
  if (isEmpty(state.young) && isEmpty(state.next)) return { state, changes: NO_CHANGES };
  const young = Object.entries(state.young).filter(([, at]) => heardUpTo - at < holdMs);
  const aged: Settled =
    young.length === Object.keys(state.young).length ? state : { ...state, young: Object.fromEntries(young) };
  const pending = SAID_FIELDS.flatMap((field) => {
    const next = aged.next[field];
    return next === undefined ? [] : [{ ...next, field, before: aged.values[field] ?? '' }];
  });
  if (!pending.some(({ since }) => heardUpTo - since >= holdMs)) return { state: aged, changes: [] };
  const changes = pending.filter(({ since }) => heardUpTo - since >= holdMs * TOGETHER);
  const values = Object.fromEntries(changes.map(({ field, value }) => [field, value]));
  const next = Object.fromEntries(
    Object.entries(aged.next).filter(([field]) => !changes.some((change) => change.field === field)),
  );
  return { state: { ...aged, values: { ...aged.values, ...values }, next }, changes };
}

/** Returns when the first of what began to be said will have held, ms; Infinity when nothing is pending. */
export function settlesAt({ next }: Settled, holdMs: number): number {
  return Math.min(...Object.values(next).map(({ since }) => since + holdMs), Infinity);
}

/** Returns whether a hull says what it is held to be, and nothing waits to be settled: so it is with nearly every report. */
export function isNothingNew({ values, young, next }: Settled, said: SaidValues): boolean {
  return isEmpty(next) && isEmpty(young) && SAID_FIELDS.every((field) => said[field] === values[field]);
}

const NO_CHANGES: readonly SettledChange[] = [];

function isEmpty(record: object): boolean {
  for (const _ in record) return false;
  return true;
}

function without<T extends object>(record: T, name: string): T {
  return Object.fromEntries(Object.entries(record).filter(([key]) => key !== name)) as T;
}
