import {
  makeGazetteer,
  type AnchorageKind,
  type AnchoragePoint,
  type Gazetteer,
  type Port,
} from '../src/index.ts';

/** A made-up port, unwatched and at 0/0 unless said otherwise. */
export function madePort(id: string, more: Partial<Port> = {}): Port {
  return {
    id,
    kind: 'port',
    name: id,
    altNames: [],
    localName: null,
    nameSource: null,
    country: 'CN',
    unlocode: null,
    lon: 0,
    lat: 0,
    positionSource: 'made up',
    parentPortId: null,
    watched: false,
    note: null,
    ...more,
  };
}

export function madePoint(
  portId: string,
  lon: number,
  lat: number,
  kind: AnchorageKind = 'roads',
): AnchoragePoint {
  return { portId, lon, lat, kind };
}

/** A gazetteer of made-up ports with no shore at all. */
export function madeGazetteer(ports: readonly Port[], points: readonly AnchoragePoint[] = []): Gazetteer {
  return makeGazetteer(ports, points, { shoreDistanceM: () => null, isOnLand: () => false });
}
