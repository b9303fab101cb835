import type { NexusEntry } from '@offing/rules';
import { DAY_MS } from '@offing/units';

/** Reasons that ended this long ago are forgotten (ours: longer than any rule looks back). */
const FORGET_MS = 3 * 366 * DAY_MS;

/** What a nexus memory holds, as plain data. */
export type NexusDump = {
  readonly bySlot: ReadonlyMap<number, readonly NexusEntry[]>;
  readonly byImo: ReadonlyMap<number, readonly NexusEntry[]>;
};

const NONE: readonly NexusEntry[] = [];

/**
 * Why hulls are linked to the DPRK, as far as the rules found out: kept by hull, and by the IMO numbers that it sent, so
 * that a ship under another MMSI, name or flag is still the one it was.
 */
export class NexusMemory {
  #bySlot: Map<number, readonly NexusEntry[]>;
  #byImo: Map<number, readonly NexusEntry[]>;

  constructor(dump?: NexusDump) {
    this.#bySlot = new Map(dump?.bySlot ?? []);
    this.#byImo = new Map(dump?.byImo ?? []);
  }

  /** Adds reasons to what is known of a hull; those of the same kind and key are replaced. */
  add(slot: number, imoNumbers: readonly number[], entries: readonly NexusEntry[]): void {
    if (entries.length === 0) return;
    this.#bySlot.set(slot, merged(this.#bySlot.get(slot), entries));
    for (const imo of imoNumbers) this.#byImo.set(imo, merged(this.#byImo.get(imo), entries));
  }

  /** Takes note that a hull sends an IMO number, so that what is known of the hull is known of the number. */
  learn(slot: number, imoNumbers: readonly number[]): void {
    const known = this.#bySlot.get(slot);
    if (known === undefined) return;
    for (const imo of imoNumbers) this.#byImo.set(imo, merged(this.#byImo.get(imo), known));
  }

  /** Returns what is known of a hull, oldest first. */
  of(slot: number, imoNumbers: readonly number[]): readonly NexusEntry[] {
    const own = this.#bySlot.get(slot);
    const others = imoNumbers.flatMap((imo) => this.#byImo.get(imo) ?? NONE);
    if (others.length === 0) return own ?? NONE;
    return merged(own, others);
  }

  /** Forgets what is known of a slot that a new hull takes. */
  clear(slot: number): void {
    this.#bySlot.delete(slot);
  }

  /** Returns everything held, as plain data. */
  dump(): NexusDump {
    return { bySlot: this.#bySlot, byImo: this.#byImo };
  }
}

function merged(known: readonly NexusEntry[] = NONE, added: readonly NexusEntry[]): readonly NexusEntry[] {
  const byKey = new Map(known.map((entry) => [keyOf(entry), entry]));
  for (const entry of added) {
    const before = byKey.get(keyOf(entry));
    if (before === undefined) byKey.set(keyOf(entry), entry);
    else if (isNewer(entry, before))
      byKey.set(keyOf(entry), { ...entry, from: Math.min(entry.from, before.from) });
  }
  const newest = Math.max(...added.map((entry) => entry.from));
  return [...byKey.values()]
    .filter(({ until }) => until === null || until > newest - FORGET_MS)
    .sort((a, b) => a.from - b.from || (keyOf(a) < keyOf(b) ? -1 : 1));
}

/** Of two reasons with one key, the one that is known to end, and later, counts. */
function isNewer(entry: NexusEntry, before: NexusEntry): boolean {
  if (entry.until === null) return before.until === null;
  return before.until === null || entry.until >= before.until;
}

function keyOf({ kind, key }: NexusEntry): string {
  return `${kind} ${key}`;
}
