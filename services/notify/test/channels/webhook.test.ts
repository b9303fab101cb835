import type { AlertRecord, OutgoingDelivery } from '@offing/store';
import { expect, it } from 'vitest';
import { webhookBody } from '../../src/channels/webhook.ts';

const ALERT: AlertRecord = {
  alertId: 'a_1',
  eventId: 'e_1',
  version: 1,
  type: 'transponder-gap',
  state: 'open',
  mmsi: [445000001],
  imoNumber: [],
  vesselId: ['v1'],
  openedAt: 0,
  closedAt: null,
  lon: 120,
  lat: 37,
  port: null,
  verdict: 'silent',
  confidence: 0.8,
  severity: 'medium',
  nexus: false,
  sentence: 'A sentence.',
  translations: null,
  evidence: { silentH: 27 },
  innocent: ['A fault.'],
  feeds: ['demo'],
  synthetic: false,
  ruleVersion: 1,
  ruleParams: {},
  reference: {},
  reason: null,
  knownSince: 0,
};

const bodyOf = (alert: AlertRecord) => {
  const delivery = { deliveryId: 'msg_1', attempts: 0, change: 'opened', createdAt: 0, watchlistName: 'x' };
  return webhookBody({ ...delivery, channel: {}, alert } as OutgoingDelivery, 'https://example.org');
};

it('has the evidence while it is short', () => {
  expect(JSON.parse(bodyOf(ALERT))).toMatchObject({ data: { alert: { evidence: { silentH: 27 } } } });
});

it.each([
  ['evidence', { evidence: { text: 'x'.repeat(50_000) } }],
  [
    'ships',
    { mmsi: Array<number>(9_000).fill(445000001), vesselId: Array<string>(900).fill('v'.repeat(21)) },
  ],
  ['explanations', { innocent: ['語'.repeat(20_000)] }],
  ['sentence', { sentence: '語'.repeat(20_000) }],
])('stays below 20 KB with a long %s, and says that it was shortened', (_what, fields) => {
  const body = bodyOf({ ...ALERT, ...fields });
  expect(Buffer.byteLength(body)).toBeLessThan(20_000);
  expect(JSON.parse(body)).toMatchObject({
    data: { alert: { isShortened: true, evidence: null, id: 'a_1' } },
  });
});
