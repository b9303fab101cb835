import type { ImoClaim, ImoClaims } from '@offing/rules';

/** Claims kept of one number: more hulls than this send a placeholder, and none of them is told from the others by it (ours). */
const MOST_CLAIMS = 32;

/** One hull's claim to a number, as it is kept. */
type Kept = { readonly slot: number; readonly from: number; readonly until: number | null };

/** What the claims hold, as plain data: by IMO number. */
export type ImoClaimsDump = ReadonlyMap<number, readonly Kept[]>;

/** What the fold knows of a hull now, as far as a claim shows it. */
export type ClaimingHull = Omit<ImoClaim, 'imoNumber' | 'from' | 'until'>;

/**
 * Keeps which hulls sent which IMO number, from when to when: the identity stage. It merges nothing itself; whether two
 * hulls are one ship is read from it each time, so that a hull that is heard again takes the link back.
 */
export class ImoClaimLog implements ImoClaims {
  readonly #byImo: Map<number, readonly Kept[]>;
  readonly #hullAt: (slot: number) => ClaimingHull;
  readonly #slotsOf: (mmsi: number) => readonly number[];

  constructor(
    hullAt: (slot: number) => ClaimingHull,
    slotsOf: (mmsi: number) => readonly number[],
    dump?: ImoClaimsDump,
  ) {
    this.#hullAt = hullAt;
    this.#slotsOf = slotsOf;
    this.#byImo = new Map(dump ?? []);
  }

  /** Takes note that a hull sends a number, and no longer the one before. */
  note(slot: number, imoNumber: number, before: number | null, at: number): void {
    if (before !== null && before !== imoNumber) {
      const ended = (this.#byImo.get(before) ?? []).map((claim) =>
        claim.slot === slot && claim.until === null ? { ...claim, until: at } : claim,
      );
      this.#byImo.set(before, ended);
    }
    const known = this.#byImo.get(imoNumber) ?? [];
    if (known.length >= MOST_CLAIMS) return;
    if (known.some((claim) => claim.slot === slot && claim.until === null)) return;
    this.#byImo.set(imoNumber, [...known, { slot, from: at, until: null }]);
  }

  isContested(imoNumber: number, mmsi: number): boolean {
    return (this.#byImo.get(imoNumber)?.length ?? 0) > 1 || this.#slotsOf(mmsi).length > 1;
  }

  of(imoNumber: number): readonly ImoClaim[] {
    const claims = (this.#byImo.get(imoNumber) ?? []).map((claim) => this.#claim(imoNumber, claim));
    return claims.sort(byAge);
  }

  ofMmsi(mmsi: number): readonly ImoClaim[] {
    const claims = this.#slotsOf(mmsi).flatMap((slot) => {
      const imoNumber = this.#hullAt(slot).identity.imoNumber;
      const newest = imoNumber === null ? undefined : this.#newestOf(imoNumber, slot);
      return imoNumber === null || newest === undefined ? [] : [this.#claim(imoNumber, newest)];
    });
    return claims.sort(byAge);
  }

  /** Returns everything held, as plain data. */
  dump(): ImoClaimsDump {
    return this.#byImo;
  }

  #newestOf(imoNumber: number, slot: number): Kept | undefined {
    return (this.#byImo.get(imoNumber) ?? []).filter((claim) => claim.slot === slot).at(-1);
  }

  #claim(imoNumber: number, { slot, from, until }: Kept): ImoClaim {
    return { ...this.#hullAt(slot), imoNumber, from, until };
  }
}

/** The order does not depend on slots. */
function byAge(a: ImoClaim, b: ImoClaim): number {
  return a.from - b.from || (a.vessel.vesselId < b.vessel.vesselId ? -1 : 1);
}
