import { HULL_STATE } from '@offing/track';
import { removeVessels, writeVessels, type VesselRow } from '@offing/store';
import type { Fold, FoldFeed } from '@offing/stages';
import type pg from 'pg';

type Feeds = readonly (FoldFeed | undefined)[];

/** What the table of vessels must be told: rows as they are now, and ids of hulls that turned out to be noise. */
export type VesselChanges = { readonly rows: readonly VesselRow[]; readonly gone: readonly string[] };

/** Returns the rows of `vessel` for hulls of a fold, and which hulls of their MMSIs are no vessels after all. */
export function vesselChanges(fold: Fold, slots: Iterable<number>, feeds: Feeds): VesselChanges {
  const rows: VesselRow[] = [];
  const gone = new Set<string>();
  const { state, next, mmsi } = fold.hulls.columns;
  for (const slot of slots) {
    if (state[slot] === HULL_STATE.believed) rows.push(vesselRow(fold, slot, feeds));
    const first = fold.hulls.firstSlot(mmsi[slot]);
    if (first < 0 || next[first] < 0) continue;
    for (let other = first; other >= 0; other = next[other]) {
      if (state[other] === HULL_STATE.noise) gone.add(fold.hulls.vesselId(other));
    }
  }
  return { rows, gone: [...gone] };
}

/** Writes what `vesselChanges` returned. */
export async function writeVesselChanges(client: pg.ClientBase, changes: VesselChanges): Promise<void> {
  await removeVessels(client, changes.gone);
  await writeVessels(client, changes.rows);
}

/** Returns the slots of vessels by their ids and MMSIs; ids that the fold does not hold have none. */
export function slotsOf(fold: Fold, vessels: ReadonlyMap<string, number>): readonly number[] {
  const slots: number[] = [];
  const { next } = fold.hulls.columns;
  for (const [vesselId, mmsi] of vessels) {
    for (let slot = fold.hulls.firstSlot(mmsi); slot >= 0; slot = next[slot])
      if (fold.hulls.vesselId(slot) === vesselId) slots.push(slot);
  }
  return slots.sort((a, b) => a - b);
}

function vesselRow(fold: Fold, slot: number, feeds: Feeds): VesselRow {
  const hulls = fold.hulls.columns;
  const identity = fold.vessels.identity[slot];
  const heardBy = [...fold.vessels.feeds[slot]].sort((a, b) => a - b);
  const firstAt = new Date(hulls.firstAt[slot]).toISOString();
  return {
    vessel_id: fold.hulls.vesselId(slot),
    mmsi: hulls.mmsi[slot],
    hull: hulls.hull[slot],
    anchor_at: firstAt,
    anchor_lon_e7: hulls.firstLonE7[slot],
    anchor_lat_e7: hulls.firstLatE7[slot],
    first_at: firstAt,
    last_at: new Date(hulls.lastAt[slot]).toISOString(),
    last_lon_e7: hulls.lastLonE7[slot],
    last_lat_e7: hulls.lastLatE7[slot],
    positions: hulls.count[slot],
    ais_class: fold.vessels.aisClass[slot],
    imo_number: identity.imoNumber,
    ship_name: identity.shipName,
    call_sign: identity.callSign,
    ship_type: identity.shipType,
    length_m: identity.lengthM,
    beam_m: identity.beamM,
    draught_m: identity.draughtM,
    destination: identity.destination,
    feed_ids: heardBy,
    synthetic: heardBy.some((feed) => feeds[feed]?.synthetic === true),
  };
}
