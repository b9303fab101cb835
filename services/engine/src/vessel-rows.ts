import { HULL_STATE } from '@offing/track';
import type { VesselRow } from '@offing/store';
import type { Fold, FoldFeed } from '@offing/stages';

/** Returns the rows of `vessel` for hulls of a fold; those that are not believed have none. */
export function vesselRows(
  fold: Fold,
  slots: Iterable<number>,
  feeds: readonly (FoldFeed | undefined)[],
): readonly VesselRow[] {
  const rows: VesselRow[] = [];
  for (const slot of [...slots].sort((a, b) => a - b)) {
    if (fold.hulls.columns.state[slot] === HULL_STATE.believed) rows.push(vesselRow(fold, slot, feeds));
  }
  return rows;
}

function vesselRow(fold: Fold, slot: number, feeds: readonly (FoldFeed | undefined)[]): VesselRow {
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
