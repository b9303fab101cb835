import type { PublicCoverage } from '../schemas/coverage.ts';
import type { PublicAlert, PublicEvent } from '../schemas/event.ts';
import type { PublicPosition, PublicVessel } from '../schemas/vessel.ts';
import type { Column } from './csv.ts';

type EventFace = Omit<PublicEvent, 'id'>;

const faceColumns: readonly Column<EventFace>[] = [
  { name: 'type', of: (event) => event.type },
  { name: 'version', of: (event) => event.version },
  { name: 'state', of: (event) => event.state },
  { name: 'mmsi', of: (event) => event.mmsi },
  { name: 'imoNumber', of: (event) => event.imoNumber },
  { name: 'vesselId', of: (event) => event.vesselId },
  { name: 'openedAt', of: (event) => event.openedAt },
  { name: 'closedAt', of: (event) => event.closedAt },
  { name: 'lon', of: (event) => event.lon },
  { name: 'lat', of: (event) => event.lat },
  { name: 'portId', of: (event) => event.port?.id ?? null },
  { name: 'portName', of: (event) => event.port?.name ?? null },
  { name: 'portCountry', of: (event) => event.port?.country ?? null },
  { name: 'verdict', of: (event) => event.verdict },
  { name: 'confidence', of: (event) => event.confidence },
  { name: 'severity', of: (event) => event.severity },
  { name: 'nexus', of: (event) => event.nexus },
  { name: 'synthetic', of: (event) => event.synthetic },
  { name: 'feeds', of: (event) => event.feeds },
  { name: 'sentence', of: (event) => event.sentence },
  { name: 'knownSince', of: (event) => event.knownSince },
  { name: 'ruleVersion', of: (event) => event.rule.version },
  { name: 'ruleParams', of: (event) => event.rule.params },
  { name: 'evidence', of: (event) => event.evidence },
];

/** The columns of events in CSV. */
export const eventColumns: readonly Column<PublicEvent>[] = [
  { name: 'id', of: (event) => event.id },
  ...faceColumns,
];

/** The columns of alerts in CSV. */
export const alertColumns: readonly Column<PublicAlert>[] = [
  { name: 'id', of: (alert) => alert.id },
  { name: 'eventId', of: (alert) => alert.eventId },
  ...faceColumns,
  { name: 'innocentExplanations', of: (alert) => alert.innocentExplanations.join('; ') },
  { name: 'reference', of: (alert) => alert.reference },
  { name: 'reason', of: (alert) => alert.reason },
];

/** The columns of positions in CSV. */
export const positionColumns: readonly Column<PublicPosition>[] = [
  { name: 'vesselId', of: (position) => position.vesselId },
  { name: 'mmsi', of: (position) => position.mmsi },
  { name: 'at', of: (position) => position.at },
  { name: 'receivedAt', of: (position) => position.receivedAt },
  { name: 'lon', of: (position) => position.lon },
  { name: 'lat', of: (position) => position.lat },
  { name: 'sogKn', of: (position) => position.sogKn },
  { name: 'cogDeg', of: (position) => position.cogDeg },
  { name: 'headingDeg', of: (position) => position.headingDeg },
  { name: 'navStatus', of: (position) => position.navStatus },
  { name: 'messageType', of: (position) => position.messageType },
  { name: 'aisClass', of: (position) => position.aisClass },
  { name: 'receiverKind', of: (position) => position.receiverKind },
  { name: 'feed', of: (position) => position.feed },
];

/** The columns of coverage in CSV. */
export const coverageColumns: readonly Column<PublicCoverage>[] = [
  { name: 'hour', of: (coverage) => coverage.hour },
  { name: 'feed', of: (coverage) => coverage.feed },
  { name: 'aisClass', of: (coverage) => coverage.aisClass },
  { name: 'receiverKind', of: (coverage) => coverage.receiverKind },
  { name: 'cell', of: (coverage) => coverage.cell },
  { name: 'west', of: (coverage) => coverage.west },
  { name: 'south', of: (coverage) => coverage.south },
  { name: 'east', of: (coverage) => coverage.east },
  { name: 'north', of: (coverage) => coverage.north },
  { name: 'lon', of: (coverage) => coverage.lon },
  { name: 'lat', of: (coverage) => coverage.lat },
  { name: 'vessels', of: (coverage) => coverage.vessels },
  { name: 'messages', of: (coverage) => coverage.messages },
];

/** The columns of vessels in CSV. */
export const vesselColumns: readonly Column<PublicVessel>[] = [
  { name: 'vesselId', of: (vessel) => vessel.vesselId },
  { name: 'mmsi', of: (vessel) => vessel.mmsi },
  { name: 'hull', of: (vessel) => vessel.hull },
  { name: 'flag', of: (vessel) => vessel.flag },
  { name: 'imoNumber', of: (vessel) => vessel.imoNumber },
  { name: 'shipName', of: (vessel) => vessel.shipName },
  { name: 'callSign', of: (vessel) => vessel.callSign },
  { name: 'shipType', of: (vessel) => vessel.shipType },
  { name: 'lengthM', of: (vessel) => vessel.lengthM },
  { name: 'beamM', of: (vessel) => vessel.beamM },
  { name: 'draughtM', of: (vessel) => vessel.draughtM },
  { name: 'destination', of: (vessel) => vessel.destination },
  { name: 'aisClass', of: (vessel) => vessel.aisClass },
  { name: 'firstAt', of: (vessel) => vessel.firstAt },
  { name: 'lastAt', of: (vessel) => vessel.lastAt },
  { name: 'lon', of: (vessel) => vessel.lon },
  { name: 'lat', of: (vessel) => vessel.lat },
  { name: 'positions', of: (vessel) => vessel.positions },
  { name: 'feeds', of: (vessel) => vessel.feeds },
  { name: 'synthetic', of: (vessel) => vessel.synthetic },
];
