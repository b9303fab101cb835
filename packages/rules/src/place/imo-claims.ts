import type { Identity } from '@offing/track';
import type { EventVessel } from '../event.ts';
import type { SeenAt } from '../signal.ts';

/** A hull that sent an IMO number as its own: the record on which hulls of different MMSIs are held to be one ship. */
export type ImoClaim = {
  readonly vessel: EventVessel;
  readonly identity: Identity;
  readonly imoNumber: number;
  /** From when it sent the number, and when it sent another instead (null: it still does, or never took it back); ms. */
  readonly from: number;
  readonly until: number | null;
  /** Where the hull was first and last heard, with the number or without. */
  readonly first: SeenAt;
  readonly last: SeenAt;
  /** Mean time between its reports of late, ms. */
  readonly cadenceMs: number;
  readonly feeds: readonly string[];
  readonly synthetic: boolean;
};

/** Which hulls sent which IMO number. Read only for rules; the identity stage of the fold keeps it. */
export type ImoClaims = {
  /** Returns whether another hull sent a number too, or another hull used an MMSI: asked for every ship, it costs a look-up. */
  isContested(imoNumber: number, mmsi: number): boolean;
  /** Returns the hulls that sent a number, the oldest claim first. */
  of(imoNumber: number): readonly ImoClaim[];
  /** Returns the newest claims of all hulls of an MMSI, the oldest first. */
  ofMmsi(mmsi: number): readonly ImoClaim[];
};
