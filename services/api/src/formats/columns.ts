import type { PublicCoverage } from '../schemas/coverage.ts';
import type { PublicAlert, PublicEvent } from '../schemas/event.ts';
import type { PublicEvidencePosition } from '../schemas/evidence.ts';
import type { PublicPort } from '../schemas/port.ts';
import type { PublicPosition, PublicVessel } from '../schemas/vessel.ts';
import type { Column } from './csv.ts';

type EventFace = Omit<PublicEvent, 'id'>;

const faceColumns: readonly Column<EventFace>[] = [
  { name: 'type', of: (event) => event.type },
  { name: 'version', kind: 'integer', of: (event) => event.version },
  { name: 'state', of: (event) => event.state },
  { name: 'mmsi', of: (event) => event.mmsi },
  { name: 'imoNumber', of: (event) => event.imoNumber },
  { name: 'vesselId', of: (event) => event.vesselId },
  { name: 'openedAt', kind: 'instant', of: (event) => event.openedAt },
  { name: 'closedAt', kind: 'instant', of: (event) => event.closedAt },
  { name: 'lon', kind: 'number', of: (event) => event.lon },
  { name: 'lat', kind: 'number', of: (event) => event.lat },
  { name: 'portId', of: (event) => event.port?.id ?? null },
  { name: 'portName', of: (event) => event.port?.name ?? null },
  { name: 'portCountry', of: (event) => event.port?.country ?? null },
  { name: 'verdict', of: (event) => event.verdict },
  { name: 'confidence', kind: 'number', of: (event) => event.confidence },
  { name: 'severity', of: (event) => event.severity },
  { name: 'nexus', kind: 'boolean', of: (event) => event.nexus },
  { name: 'synthetic', kind: 'boolean', of: (event) => event.synthetic },
  { name: 'feeds', of: (event) => event.feeds },
  { name: 'sentence', of: (event) => event.sentence },
  { name: 'knownSince', kind: 'instant', of: (event) => event.knownSince },
  { name: 'ruleVersion', kind: 'integer', of: (event) => event.rule.version },
  { name: 'ruleParams', of: (event) => event.rule.params },
  { name: 'evidence', of: (event) => event.evidence },
];

/** The columns of events, in the order of the CSV. */
export const eventColumns: readonly Column<PublicEvent>[] = [
  { name: 'id', of: (event) => event.id },
  ...faceColumns,
];

/** The columns of alerts, in the order of the CSV. */
export const alertColumns: readonly Column<PublicAlert>[] = [
  { name: 'id', of: (alert) => alert.id },
  { name: 'eventId', of: (alert) => alert.eventId },
  ...faceColumns,
  { name: 'innocentExplanations', of: (alert) => alert.innocentExplanations.join('; ') },
  { name: 'reference', of: (alert) => alert.reference },
  { name: 'reason', of: (alert) => alert.reason },
];

/** The columns of positions, in the order of the CSV. */
export const positionColumns: readonly Column<PublicPosition>[] = [
  { name: 'vesselId', of: (position) => position.vesselId },
  { name: 'mmsi', kind: 'integer', of: (position) => position.mmsi },
  { name: 'at', kind: 'instant', of: (position) => position.at },
  { name: 'receivedAt', kind: 'instant', of: (position) => position.receivedAt },
  { name: 'lon', kind: 'number', of: (position) => position.lon },
  { name: 'lat', kind: 'number', of: (position) => position.lat },
  { name: 'sogKn', kind: 'number', of: (position) => position.sogKn },
  { name: 'cogDeg', kind: 'number', of: (position) => position.cogDeg },
  { name: 'headingDeg', kind: 'integer', of: (position) => position.headingDeg },
  { name: 'navStatus', kind: 'integer', of: (position) => position.navStatus },
  { name: 'messageType', kind: 'integer', of: (position) => position.messageType },
  { name: 'aisClass', of: (position) => position.aisClass },
  { name: 'receiverKind', of: (position) => position.receiverKind },
  { name: 'feed', of: (position) => position.feed },
  { name: 'late', kind: 'boolean', of: (position) => position.late },
];

/** The columns of the positions that an event rests on, a row for each time that one was heard. */
export const heardColumns: readonly Column<HeardPosition>[] = [
  { name: 'mmsi', kind: 'integer', of: ({ position }) => position.mmsi },
  { name: 'at', of: ({ position }) => position.at },
  { name: 'lon', kind: 'number', of: ({ position }) => position.lon },
  { name: 'lat', kind: 'number', of: ({ position }) => position.lat },
  { name: 'sogKn', kind: 'number', of: ({ position }) => position.sogKn },
  { name: 'cogDeg', kind: 'number', of: ({ position }) => position.cogDeg },
  { name: 'headingDeg', kind: 'integer', of: ({ position }) => position.headingDeg },
  { name: 'navStatus', kind: 'integer', of: ({ position }) => position.navStatus },
  { name: 'messageType', kind: 'integer', of: ({ position }) => position.messageType },
  { name: 'late', kind: 'boolean', of: ({ position }) => position.late },
  { name: 'raw', of: ({ position }) => position.raw },
  { name: 'feed', of: ({ position, copy }) => copy?.feed ?? position.feed },
  { name: 'station', of: ({ copy }) => copy?.station ?? null },
  { name: 'heardAt', of: ({ copy }) => copy?.at ?? null },
  { name: 'receivedAt', of: ({ position, copy }) => copy?.receivedAt ?? position.receivedAt },
  { name: 'recording', of: ({ copy }) => copy?.recording ?? null },
  { name: 'rawSha256', of: ({ copy }) => copy?.sha256 ?? null },
];

/** A position that an event rests on, and one of the times that it was heard; null where no raw record is kept. */
export type HeardPosition = {
  readonly position: PublicEvidencePosition;
  readonly copy: PublicEvidencePosition['copies'][number] | null;
};

/** The columns of coverage, in the order of the CSV. */
export const coverageColumns: readonly Column<PublicCoverage>[] = [
  { name: 'hour', kind: 'instant', of: (coverage) => coverage.hour },
  { name: 'feed', of: (coverage) => coverage.feed },
  { name: 'aisClass', of: (coverage) => coverage.aisClass },
  { name: 'receiverKind', of: (coverage) => coverage.receiverKind },
  { name: 'cell', of: (coverage) => coverage.cell },
  { name: 'west', kind: 'number', of: (coverage) => coverage.west },
  { name: 'south', kind: 'number', of: (coverage) => coverage.south },
  { name: 'east', kind: 'number', of: (coverage) => coverage.east },
  { name: 'north', kind: 'number', of: (coverage) => coverage.north },
  { name: 'lon', kind: 'number', of: (coverage) => coverage.lon },
  { name: 'lat', kind: 'number', of: (coverage) => coverage.lat },
  { name: 'vessels', kind: 'integer', of: (coverage) => coverage.vessels },
  { name: 'messages', kind: 'integer', of: (coverage) => coverage.messages },
];

/** The columns of vessels, in the order of the CSV. */
export const vesselColumns: readonly Column<PublicVessel>[] = [
  { name: 'vesselId', of: (vessel) => vessel.vesselId },
  { name: 'mmsi', kind: 'integer', of: (vessel) => vessel.mmsi },
  { name: 'hull', kind: 'integer', of: (vessel) => vessel.hull },
  { name: 'flag', of: (vessel) => vessel.flag },
  { name: 'imoNumber', kind: 'integer', of: (vessel) => vessel.imoNumber },
  { name: 'shipName', of: (vessel) => vessel.shipName },
  { name: 'callSign', of: (vessel) => vessel.callSign },
  { name: 'shipType', kind: 'integer', of: (vessel) => vessel.shipType },
  { name: 'lengthM', kind: 'number', of: (vessel) => vessel.lengthM },
  { name: 'beamM', kind: 'number', of: (vessel) => vessel.beamM },
  { name: 'draughtM', kind: 'number', of: (vessel) => vessel.draughtM },
  { name: 'destination', of: (vessel) => vessel.destination },
  { name: 'aisClass', of: (vessel) => vessel.aisClass },
  { name: 'firstAt', kind: 'instant', of: (vessel) => vessel.firstAt },
  { name: 'lastAt', kind: 'instant', of: (vessel) => vessel.lastAt },
  { name: 'lon', kind: 'number', of: (vessel) => vessel.lon },
  { name: 'lat', kind: 'number', of: (vessel) => vessel.lat },
  { name: 'positions', kind: 'integer', of: (vessel) => vessel.positions },
  { name: 'feeds', of: (vessel) => vessel.feeds },
  { name: 'synthetic', kind: 'boolean', of: (vessel) => vessel.synthetic },
];

/** The columns of ports, in the order of the CSV. */
export const portColumns: readonly Column<PublicPort>[] = [
  { name: 'id', of: (port) => port.id },
  { name: 'name', of: (port) => port.name },
  { name: 'localName', of: (port) => port.localName },
  { name: 'altNames', of: (port) => port.altNames },
  { name: 'country', of: (port) => port.country },
  { name: 'unlocode', of: (port) => port.unlocode },
  { name: 'lon', kind: 'number', of: (port) => port.lon },
  { name: 'lat', kind: 'number', of: (port) => port.lat },
  { name: 'positionSource', of: (port) => port.positionSource },
  { name: 'parentPortId', of: (port) => port.parentPortId },
  { name: 'watched', kind: 'boolean', of: (port) => port.watched },
];
