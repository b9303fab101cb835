import { track, type TrackBuilder, type TrackStart } from './track.ts';

/** Ships that are only there to be heard. */
export type Traffic = Omit<TrackStart, 'mmsi' | 'navStatus' | 'report'> & {
  readonly hours: number;
  /** MMSI of the first; the others count up from it. */
  readonly mmsi?: number;
  /** How far apart they lie, degrees; 0.05 (about 5 km) when left out. */
  readonly apartDeg?: number;
};

/** Returns the tracks of so many ships that lie at anchor in a ring around a place, a minute after each other. */
export function traffic(count: number, around: Traffic): readonly TrackBuilder[] {
  const { hours, mmsi = 413_000_001, apartDeg = 0.05, ...start } = around;
  return Array.from({ length: count }, (_, i) => {
    const turn = (2 * Math.PI * i) / count;
    return track({
      ...start,
      mmsi: mmsi + i,
      at: new Date(Date.parse(start.at) + i * 60_000).toISOString(),
      lon: start.lon + apartDeg * Math.cos(turn),
      lat: start.lat + apartDeg * Math.sin(turn),
      navStatus: 1,
    }).lie(hours);
  });
}
