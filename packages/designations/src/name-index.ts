import type { Designation } from './designation.ts';
import { NameSieve } from './name-sieve.ts';
import { listedKeys, nameKey, soundKey } from './ship-names.ts';

/** Entries with a name, and whether it is only the sound of the name that agrees. */
export type Named = { readonly entries: readonly Designation[]; readonly isBySound: boolean };

/** Names asked for of late are remembered up to this many: taking a name apart costs more than ten look-ups (ours). */
const REMEMBERED = 65_536;

/** Finds listed ships by a name as it was sent, over spellings, former names and the cut of AIS. */
export class NameIndex {
  readonly #byKey = new Map<string, Designation[]>();
  readonly #bySound = new Map<string, Designation[]>();
  readonly #sieve: NameSieve;
  readonly #asked = new Map<string, Named | null>();

  constructor(designations: readonly Designation[]) {
    for (const entry of designations) {
      const names = [entry.shipName, ...(entry.otherNames ?? [])];
      for (const key of new Set(names.flatMap(listedKeys))) add(this.#byKey, key, entry);
      for (const sound of new Set(names.map(soundKey))) if (sound !== null) add(this.#bySound, sound, entry);
    }
    this.#sieve = new NameSieve(this.#byKey.keys(), this.#bySound.keys());
  }

  /** Returns the entries that have the name, else those that sound like it, else null. */
  find(shipName: string): Named | null {
    if (!this.#sieve.mayHold(shipName)) return null;
    const known = this.#asked.get(shipName);
    if (known !== undefined) return known;
    const found = this.#search(shipName);
    if (this.#asked.size >= REMEMBERED) this.#asked.clear();
    this.#asked.set(shipName, found);
    return found;
  }

  #search(shipName: string): Named | null {
    const entries = this.#byKey.get(nameKey(shipName));
    if (entries !== undefined) return { entries, isBySound: false };
    const sound = soundKey(shipName);
    const alike = sound === null ? undefined : this.#bySound.get(sound);
    return alike === undefined ? null : { entries: alike, isBySound: true };
  }
}

function add(index: Map<string, Designation[]>, key: string, entry: Designation): void {
  const group = index.get(key);
  if (group) group.push(entry);
  else index.set(key, [entry]);
}
