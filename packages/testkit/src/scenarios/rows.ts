import { AIS_CLASS, RECEIVER_KIND } from '@offing/track';
import type { TrackRow } from '../track.ts';
import type { Scenario } from './scenario.ts';
import type { Line } from './ship.ts';

/** Returns the lines of a scenario as rows of tracks. */
export function scenarioRows({ lines }: Scenario): readonly TrackRow[] {
  return lines.map(rowOf);
}

function rowOf(line: Line): TrackRow {
  const { mmsi, lon, lat, sogKn, cogDeg, navStatus, imo, name, callSign, type, draughtM } = line;
  const said = {
    ...(imo === undefined ? {} : { imoNumber: imo }),
    ...(callSign === undefined ? {} : { callSign }),
    ...(draughtM === undefined ? {} : { draughtM }),
  };
  return {
    at: Math.round(line.at / 1000) * 1000,
    ...{ mmsi, lon, lat, sogKn, cogDeg, navStatus },
    aisClass: line.aisClass === 'B' ? AIS_CLASS.B : AIS_CLASS.A,
    receiverKind: line.receiver === 'satellite' ? RECEIVER_KIND.satellite : RECEIVER_KIND.terrestrial,
    report: { shipName: name, shipType: type ?? 70, ...said },
  };
}
