import type { Sighting } from '@offing/rules';
import { HULL_STATE, MISSING_16, type HullTable } from '@offing/track';
import type { HullSightings } from './outage-watch.ts';
import type { VesselColumns } from './vessel-columns.ts';

/** Returns answers on where hulls were heard last; `vessels` is asked for each time, because columns are replaced as they grow. */
export function sightingsOf(hulls: HullTable, vessels: () => VesselColumns): HullSightings {
  return {
    heardBetween: (feed, from, to) => {
      const { size, state, lastAt } = hulls.columns;
      const found: Sighting[] = [];
      for (let slot = 0; slot < size; slot++) {
        if (state[slot] !== HULL_STATE.believed || vessels().feed[slot] !== feed) continue;
        if (lastAt[slot] >= from && lastAt[slot] <= to) found.push(sightingOf(hulls, vessels(), slot));
      }
      return found.sort((a, b) => a.mmsi - b.mmsi || a.at - b.at);
    },
    lastOf: (mmsi) => {
      const slot = hulls.lastHeard(mmsi);
      return slot < 0 ? null : sightingOf(hulls, vessels(), slot);
    },
  };
}

/** Returns the last position of the hull in a slot. */
export function sightingOf(hulls: HullTable, vessels: VesselColumns, slot: number): Sighting {
  const { mmsi, lastAt, lastLonE7, lastLatE7, lastSogDkn } = hulls.columns;
  const sog = lastSogDkn[slot];
  const cog = vessels.cogDdeg[slot];
  return {
    mmsi: mmsi[slot],
    at: lastAt[slot],
    lon: lastLonE7[slot] / 1e7,
    lat: lastLatE7[slot] / 1e7,
    sogKn: sog === MISSING_16 ? null : sog / 10,
    cogDeg: cog === MISSING_16 ? null : cog / 10,
  };
}
