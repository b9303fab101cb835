import type { FoldDump } from '@offing/stages';

/** An instant (ms) at which something of a ship is held. */
export type HeldInstant = { readonly mmsi: number; readonly at: number };

/**
 * Returns the instants from `from` to `to` (ms) that a fold still holds of ships: when each hull was heard last, and
 * whatever the rules' open states remember. An event that is told later may name the positions there.
 */
export function heldInstants({ hulls, rules }: FoldDump, from: number, to: number): readonly HeldInstant[] {
  const { size, mmsi, lastAt } = hulls.columns;
  const found = new Map<number, Set<number>>();
  const note = (ship: number, at: number): void => {
    if (!(at >= from && at <= to)) return;
    const known = found.get(ship);
    if (known === undefined) found.set(ship, new Set([at]));
    else known.add(at);
  };
  for (let slot = 0; slot < size; slot++) note(mmsi[slot], lastAt[slot]);
  for (const states of rules) {
    for (const [slot, state] of states)
      eachNumber(state, (value) => {
        note(mmsi[slot], value);
      });
  }
  return [...found].flatMap(([ship, instants]) => [...instants].map((at) => ({ mmsi: ship, at })));
}

function eachNumber(value: unknown, take: (number: number) => void): void {
  if (typeof value === 'number') take(value);
  if (typeof value !== 'object' || value === null) return;
  const parts = Symbol.iterator in value ? (value as Iterable<unknown>) : Object.values(value);
  for (const part of parts) eachNumber(part, take);
}
