import type { Selectable } from 'kysely';
import type { VesselTable } from '../schema.ts';

/** The columns in which vessels and static reports keep what a ship says of itself. */
export const CLAIM_COLUMNS = [
  'imo_number',
  'ship_name',
  'call_sign',
  'ship_type',
  'length_m',
  'beam_m',
  'draught_m',
  'destination',
] as const satisfies readonly (keyof VesselTable)[];

/** Those columns of a row. */
export type ClaimRow = Pick<Selectable<VesselTable>, (typeof CLAIM_COLUMNS)[number]>;

/** What a ship says of itself, as sent; null for what it does not say. */
export type Claims = {
  readonly imoNumber: number | null;
  readonly shipName: string | null;
  readonly callSign: string | null;
  readonly shipType: number | null;
  readonly lengthM: number | null;
  readonly beamM: number | null;
  readonly draughtM: number | null;
  readonly destination: string | null;
};

/** Returns what a row says of its ship. */
export function claimsOf(row: ClaimRow): Claims {
  return {
    imoNumber: row.imo_number,
    shipName: row.ship_name,
    callSign: row.call_sign,
    shipType: row.ship_type,
    lengthM: row.length_m,
    beamM: row.beam_m,
    draughtM: row.draught_m,
    destination: row.destination,
  };
}
