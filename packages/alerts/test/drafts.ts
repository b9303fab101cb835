import type { EventDraft, EventVessel } from '@offing/rules';

/** A made-up ship. */
export const VESSEL: EventVessel = {
  vesselId: 'v_1',
  mmsi: 445_900_001,
  imoNumber: 9_100_011,
  shipName: 'MADE UP ONE',
};

const AT = Date.parse('2016-11-05T15:40:00Z');

/** Returns what the gap rule may tell, changed as given. */
export function gapDraft(more: Partial<EventDraft> = {}): EventDraft {
  return {
    type: 'transponder-gap',
    change: 'opened',
    vessels: [VESSEL],
    discriminator: '',
    firstToldAt: AT,
    openedAt: AT,
    closedAt: null,
    lon: 121.5,
    lat: 38.75,
    port: { id: 'made-eastwick', name: 'Eastwick', country: 'CN' },
    verdict: 'silent',
    confidence: 0.9,
    nexus: true,
    evidence: { silenceH: 27, witnesses: 9, doubts: [], portKm: 22.2 },
    feeds: ['made-up'],
    synthetic: false,
    ruleVersion: 1,
    ruleParams: {},
    reason: null,
    knownSince: AT + 6 * 3_600_000,
    ...more,
  };
}

/** Returns what the hovering rule may tell, changed as given. */
export function hoverDraft(more: Partial<EventDraft> = {}): EventDraft {
  return gapDraft({
    type: 'hovering',
    verdict: null,
    evidence: { lengthH: 50, meanSogKn: 0.3, reasons: ['nexus'], endedBy: null, portKm: 41 },
    ...more,
  });
}

/** Returns what the designation rule may tell, changed as given. */
export function designatedDraft(more: Partial<EventDraft> = {}): EventDraft {
  const listing = { list: 'UN', designatedOn: '2016-03-02', shipName: 'MADE UP ONE' };
  return gapDraft({
    type: 'designated-vessel',
    verdict: null,
    confidence: 0.95,
    evidence: { level: 'confirmed', designations: [listing] },
    ...more,
  });
}
