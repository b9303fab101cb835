import { indexPlaces, nearestPlace, type PlaceIndex } from '@offing/geo';
import type { Port } from '../src/port.ts';
import type { SetPoint } from './anchorage-set.ts';
import { NAMED_PORTS } from './named-ports.ts';

/** A point belongs to the nearest port of its country within this distance, km (detections.md, 7). */
const PORT_KM = 30;

/** Gives points to ports; `labels` returns the groups that had to be made for points without a port. */
export type Placer = {
  readonly portIdOf: (point: SetPoint) => string;
  readonly labels: () => Port[];
};

/**
 * Returns what gives a point to the nearest port of its country within 30 km; else to the port of its country that its
 * label names (the roads of a big port lie farther out than that); else to a group of the label's own.
 */
export function makePlacer(ports: readonly Port[]): Placer {
  const byCountry = new Map<string, { readonly ports: readonly Port[]; readonly index: PlaceIndex }>();
  for (const country of new Set(ports.map((port) => port.country))) {
    const located = ports.filter((port) => port.country === country && port.lon !== null);
    const index = indexPlaces(
      located.map((port) => port.lon ?? 0),
      located.map((port) => port.lat ?? 0),
    );
    byCountry.set(country, { ports: located, index });
  }
  const byLabel = portsByLabel(ports);
  const made = new Map<string, Port>();
  const nearest = ({ country, lon, lat }: SetPoint): string | null => {
    const list = byCountry.get(country);
    const near = list === undefined ? null : nearestPlace(list.index, lon, lat, PORT_KM);
    return list === undefined || near === null ? null : list.ports[near.i].id;
  };
  const ownGroup = (point: SetPoint): string => {
    const group = labelPort(point);
    if (!made.has(group.id)) made.set(group.id, group);
    return group.id;
  };
  return {
    portIdOf: (point) => nearest(point) ?? byLabel.get(`${point.country} ${point.label}`) ?? ownGroup(point),
    labels: () => [...made.values()],
  };
}

/** By "country LABEL"; a name that two ports of a country share names neither. */
function portsByLabel(ports: readonly Port[]): Map<string, string | undefined> {
  const byLabel = new Map<string, string | undefined>();
  for (const { id, country, name } of ports) {
    const key = `${country} ${name.toUpperCase()}`;
    byLabel.set(key, byLabel.has(key) ? undefined : id);
  }
  for (const { id, labels } of NAMED_PORTS) {
    const country = ports.find((port) => port.id === id)?.country;
    for (const label of labels ?? []) byLabel.set(`${country} ${label}`, id);
  }
  return byLabel;
}

function labelPort({ label, country, lon, lat }: SetPoint): Port {
  return {
    id: `GFW-${country}-${label.replace(/[^A-Z0-9]+/g, '-')}`,
    kind: 'label',
    name: plainName(label),
    altNames: [],
    localName: null,
    nameSource: null,
    country,
    unlocode: null,
    lon,
    lat,
    positionSource: `GFW anchorages, first point of label ${label}`,
    parentPortId: null,
    watched: false,
    note: null,
  };
}

/** "DAYUSHAN ISLAND" becomes "Dayushan Island"; the set's numbers for nameless places ("CHN-1016") stay as they are. */
function plainName(label: string): string {
  if (/^[A-Z]{3}-\d+$/.test(label)) return label;
  return label.toLowerCase().replace(/(^|[ -])[a-z]/g, (letter) => letter.toUpperCase());
}
