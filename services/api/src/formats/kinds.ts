import type { PublicCoverage } from '../schemas/coverage.ts';
import type { PublicAlert, PublicEvent } from '../schemas/event.ts';
import type { PublicPort } from '../schemas/port.ts';
import type { PublicPosition, PublicVessel } from '../schemas/vessel.ts';
import {
  alertColumns,
  coverageColumns,
  eventColumns,
  portColumns,
  positionColumns,
  vesselColumns,
} from './columns.ts';
import type { Column } from './csv.ts';
import { boxFeature, pointFeature, type Placed } from './geojson.ts';
import type { Placemark } from './kml.ts';
import type { Heard } from './terms.ts';

/** What can be listed: where it lies and on which feeds it was heard, as far as there is such a thing. */
export type Listed = Placed & Heard;

/** A kind of item: all that formats need to know of it. */
export type ListKind<Item extends Listed> = {
  /** What its files are called. */
  readonly name: string;
  readonly columns: readonly Column<Item>[];
  readonly placemark: (item: Item) => Placemark;
  readonly feature: (item: Item) => object;
};

/** Events. */
export const eventKind: ListKind<PublicEvent> = {
  name: 'events',
  columns: eventColumns,
  placemark: eventPlacemark,
  feature: (event) => pointFeature(event, event.id),
};

/** Alerts. */
export const alertKind: ListKind<PublicAlert> = {
  name: 'alerts',
  columns: alertColumns,
  placemark: eventPlacemark,
  feature: (alert) => pointFeature(alert, alert.id),
};

/** Positions. */
export const positionKind: ListKind<PublicPosition> = {
  name: 'positions',
  columns: positionColumns,
  placemark: (position) => ({
    name: String(position.mmsi),
    description: position.sogKn === null ? position.at : `${position.at}, ${position.sogKn} kn`,
    from: position.at,
    to: position.at,
  }),
  feature: (position) => pointFeature(position, null),
};

/** Vessels, each at its last position. */
export const vesselKind: ListKind<PublicVessel> = {
  name: 'vessels',
  columns: vesselColumns,
  placemark: (vessel) => ({
    name: vessel.shipName ?? String(vessel.mmsi),
    description: `MMSI ${vessel.mmsi}${vessel.synthetic ? ', synthetic' : ''}`,
    from: vessel.firstAt,
    to: vessel.lastAt,
  }),
  feature: (vessel) => pointFeature(vessel, vessel.vesselId),
};

/** Coverage: in GeoJSON the cells, elsewhere their middles. */
export const coverageKind: ListKind<PublicCoverage> = {
  name: 'coverage',
  columns: coverageColumns,
  placemark: ({ hour, feed, vessels, messages }) => ({
    name: `${vessels} ships`,
    description: `${vessels} ships and ${messages} positions in the hour from ${hour}, ${feed}`,
    from: hour,
    to: hour,
  }),
  feature: boxFeature,
};

/** Ports; one whose place is not known has no geometry, and is in every format all the same. */
export const portKind: ListKind<PublicPort> = {
  name: 'ports',
  columns: portColumns,
  placemark: ({ id, name, localName, country, lon }) => ({
    name: localName === null ? name : `${name} ${localName}`,
    description: `Port ${id}, ${country}${lon === null ? '; its place is not known' : ''}`,
    from: null,
    to: null,
  }),
  feature: (port) => pointFeature(port, port.id),
};

function eventPlacemark(event: Omit<PublicEvent, 'id'>): Placemark {
  const made = event.synthetic ? ' (synthetic: made-up ships for demonstration)' : '';
  return {
    name: event.type,
    description: `${event.sentence}${made}`,
    from: event.openedAt,
    to: event.closedAt,
  };
}
