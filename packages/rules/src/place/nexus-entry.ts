import { isoOf } from '@offing/units';
import type { Json } from '../event.ts';

/** What kind of reason links a ship to the DPRK. */
export type NexusKind = 'flag' | 'designated' | 'dprk-visit' | 'dprk-visit-inferred' | 'encounter' | 'owner';

/** A dated, sourced, expiring reason to link a ship to the DPRK, as rules hand it to the memory of the fold. */
export type NexusEntry = {
  readonly kind: NexusKind;
  /** Tells reasons of one kind apart: a later one with the same key takes the place of the earlier. */
  readonly key: string;
  /** From when it holds, and the first instant at which it holds no more, ms; null while it has no end. */
  readonly from: number;
  readonly until: number | null;
  /** One sentence: how it is known. */
  readonly how: string;
  readonly source: string;
  /** Whether it rests on what is known of another ship. */
  readonly secondHand: boolean;
  /** What speaks for an ordinary reason, in words. */
  readonly note: string | null;
};

/** Returns whether a reason holds at an instant, ms. */
export function holdsAt(entry: NexusEntry, at: number): boolean {
  return entry.from <= at && (entry.until === null || at < entry.until);
}

/** Returns a reason as it stands in evidence. */
export function nexusEvidence(entry: NexusEntry, at: number): { readonly [key: string]: Json } {
  const { kind, how, source, secondHand, note, from, until } = entry;
  return {
    kind,
    how,
    asOf: isoOf(at),
    from: isoOf(from),
    until: until === null ? null : isoOf(until),
    source,
    secondHand,
    note,
  };
}
