import type { PublicCoverage } from '../schemas/coverage.ts';
import type { PublicAlert, PublicEvent } from '../schemas/event.ts';
import type { PublicPosition, PublicVessel } from '../schemas/vessel.ts';
import { alertColumns, coverageColumns, eventColumns, positionColumns, vesselColumns } from './columns.ts';
import { csvWriter } from './csv.ts';
import { geojsonBoxWriter, geojsonWriter } from './geojson.ts';
import { kmlWriter, type Placemark } from './kml.ts';
import { ndjsonWriter, type TextFormat, type Writer } from './writer.ts';

/** Returns the writer of events. */
export function eventWriter(format: TextFormat): Writer<PublicEvent> {
  switch (format) {
    case 'ndjson':
      return ndjsonWriter();
    case 'csv':
      return csvWriter(eventColumns);
    case 'geojson':
      return geojsonWriter((event) => event.id);
    case 'kml':
      return kmlWriter('Offing: events', eventPlacemark);
  }
}

/** Returns the writer of alerts. */
export function alertWriter(format: TextFormat): Writer<PublicAlert> {
  switch (format) {
    case 'ndjson':
      return ndjsonWriter();
    case 'csv':
      return csvWriter(alertColumns);
    case 'geojson':
      return geojsonWriter((alert) => alert.id);
    case 'kml':
      return kmlWriter('Offing: alerts', eventPlacemark);
  }
}

/** Returns the writer of positions. */
export function positionWriter(format: TextFormat): Writer<PublicPosition> {
  switch (format) {
    case 'ndjson':
      return ndjsonWriter();
    case 'csv':
      return csvWriter(positionColumns);
    case 'geojson':
      return geojsonWriter(() => null);
    case 'kml':
      return kmlWriter('Offing: positions', (position) => ({
        name: String(position.mmsi),
        description: position.sogKn === null ? position.at : `${position.at}, ${position.sogKn} kn`,
        from: position.at,
        to: position.at,
      }));
  }
}

/** Returns the writer of vessels, each at its last position. */
export function vesselWriter(format: TextFormat): Writer<PublicVessel> {
  switch (format) {
    case 'ndjson':
      return ndjsonWriter();
    case 'csv':
      return csvWriter(vesselColumns);
    case 'geojson':
      return geojsonWriter((vessel) => vessel.vesselId);
    case 'kml':
      return kmlWriter('Offing: vessels', (vessel) => ({
        name: vessel.shipName ?? String(vessel.mmsi),
        description: `MMSI ${vessel.mmsi}${vessel.synthetic ? ', synthetic' : ''}`,
        from: vessel.firstAt,
        to: vessel.lastAt,
      }));
  }
}

/** Returns the writer of coverage: in GeoJSON the cells, in KML their middles. */
export function coverageWriter(format: TextFormat): Writer<PublicCoverage> {
  switch (format) {
    case 'ndjson':
      return ndjsonWriter();
    case 'csv':
      return csvWriter(coverageColumns);
    case 'geojson':
      return geojsonBoxWriter();
    case 'kml':
      return kmlWriter('Offing: coverage', ({ hour, feed, vessels, messages }) => ({
        name: `${vessels} ships`,
        description: `${vessels} ships and ${messages} positions in the hour from ${hour}, ${feed}`,
        from: hour,
        to: hour,
      }));
  }
}

function eventPlacemark(event: Omit<PublicEvent, 'id'>): Placemark {
  const made = event.synthetic ? ' (synthetic: made-up ships for demonstration)' : '';
  return {
    name: event.type,
    description: `${event.sentence}${made}`,
    from: event.openedAt,
    to: event.closedAt,
  };
}
