import type { Gazetteer } from '@offing/gazetteer';

/** How far a shore is looked for to tell whose it is, km (the gazetteer's own limit is 100). */
const SHORE_KM = 99;

/** A port off which a place lies, by the nearest of its points; km. */
export type OffPort = {
  readonly id: string;
  readonly name: string;
  readonly country: string;
  readonly km: number;
};

/**
 * Returns the port of another country than `home` (ISO 3166-1 alpha-2) off which a place lies: the one with the nearest
 * port or anchorage point within `maxKm`; null where there is none, or where the nearest shore is that of `home`.
 */
export function foreignPort(
  lon: number,
  lat: number,
  maxKm: number,
  home: string,
  gazetteer: Gazetteer,
): OffPort | null {
  if (gazetteer.coastCountry(lon, lat, SHORE_KM)?.country === home) return null;
  const port = gazetteer.nearestPort(lon, lat, { maxKm });
  const points = [undefined, 'roads' as const, 'berth' as const].map((kind) =>
    gazetteer.nearestAnchorage(lon, lat, { maxKm, ...(kind === undefined ? {} : { kind }) }),
  );
  const near = [
    ...(port === null ? [] : [{ id: port.port.id, km: port.km }]),
    ...points.flatMap((point) => (point === null ? [] : [{ id: point.point.portId, km: point.km }])),
  ];
  const found = near
    .flatMap(({ id, km }) => {
      const known = gazetteer.port(id);
      return known === null || known.country === home
        ? []
        : [{ id, name: known.name, country: known.country, km }];
    })
    .sort((a, b) => a.km - b.km);
  return found[0] ?? null;
}
