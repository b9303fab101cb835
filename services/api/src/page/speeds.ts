import { vesselTrack, type AlertRecord, type Reader } from '@offing/store';
import { shipsOfAlert } from '../query/alert-ships.ts';
import { trackSpanOf } from '../shapes/track-span.ts';
import type { SpeedPoint, SpeedView } from './speed-chart.ts';

const MOST_SHIPS = 3;
/** So many positions are read of a ship, and so many of them drawn. */
const MOST_READ = 4_000;
const MOST_DRAWN = 500;

/** The evidence that holds speeds that a rule compares with. */
const THRESHOLDS: Readonly<Record<string, string>> = { slowKn: 'slow', stopKn: 'stopped' };

/** Returns the speeds of the ships of an alert around its time, with what its rule compares them with. */
export async function speedsOf(reader: Reader, record: AlertRecord): Promise<SpeedView> {
  const span = trackSpanOf(record);
  const ships = [];
  for (const { mmsi, hull } of await shipsOfAlert(reader, record, MOST_SHIPS)) {
    const positions = await vesselTrack(reader, { mmsi, hull, limit: MOST_READ, ...span });
    ships.push({ name: `MMSI ${mmsi}`, points: thinned(positions) });
  }
  const isSilence = record.verdict !== null;
  return {
    ...span,
    ships,
    gap: isSilence ? { from: record.openedAt, to: record.closedAt ?? record.knownSince } : null,
    thresholds: Object.entries(THRESHOLDS).flatMap(([key, words]) => {
      const kn = record.evidence[key];
      return typeof kn === 'number' ? [{ kn, words }] : [];
    }),
  };
}

/** Every so many-th, the last too. */
function thinned(points: readonly SpeedPoint[]): readonly SpeedPoint[] {
  const step = Math.ceil(points.length / MOST_DRAWN);
  return points.filter((_point, i) => i % Math.max(1, step) === 0 || i === points.length - 1);
}
