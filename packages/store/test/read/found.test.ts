import type { UnnumberedVersion } from '@offing/alerts';
import { testDatabase, type TestDatabase } from '@offing/testkit';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exampleSentence, foundSince } from '../../src/read/found.ts';
import { writeEvents } from '../../src/write/events.ts';

let database: TestDatabase;
let client: pg.Client;
let seq = 0;

beforeEach(async () => {
  database = await testDatabase();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
  seq = 0;
});

afterEach(async () => {
  await client.end();
  await database.close();
});

async function tell(id: string, what: Partial<UnnumberedVersion> = {}): Promise<number> {
  seq = await writeEvents(client, [{ ...version(id), ...what }], seq);
  return seq;
}

function version(id: string): UnnumberedVersion {
  return {
    type: 'transponder-gap',
    change: 'opened',
    state: 'open',
    openedAt: 1000,
    closedAt: null,
    lon: 120,
    lat: 38,
    port: null,
    verdict: 'silent',
    confidence: 0.5,
    nexus: false,
    evidence: {},
    feeds: ['f'],
    synthetic: false,
    ruleVersion: 1,
    ruleParams: {},
    reason: null,
    knownSince: 2000,
    eventId: `e_${id}`,
    alertId: `a_${id}`,
    mmsi: [412_000_001],
    imoNumber: [],
    vesselId: ['v_1'],
    severity: 'low',
    sentence: `sentence of ${id}`,
    translations: null,
    innocent: [],
    reference: {},
  };
}

describe('foundSince', () => {
  it('counts events by type from their first version on, without those that were retracted', async () => {
    const before = await tell('old');
    await tell('old', { change: 'closed', state: 'closed' });
    await tell('a');
    await tell('b');
    await tell('c', { type: 'hovering' });
    await tell('b', { change: 'retracted', state: 'retracted' });
    expect(await foundSince(client, before)).toEqual({
      events: { hovering: 1, 'transponder-gap': 1 },
      alerts: 2,
      retracted: 1,
    });
    expect(await foundSince(client, 0)).toMatchObject({ alerts: 3, retracted: 1 });
  });

  it('counts an event that came back after a retraction', async () => {
    await tell('a', { change: 'retracted', state: 'retracted' });
    await tell('a', { change: 'revised' });
    expect(await foundSince(client, 0)).toEqual({
      events: { 'transponder-gap': 1 },
      alerts: 1,
      retracted: 0,
    });
  });

  it('finds nothing where nothing is', async () => {
    expect(await foundSince(client, 0)).toEqual({ events: {}, alerts: 0, retracted: 0 });
  });
});

describe('exampleSentence', () => {
  it('is that of the most severe alert that stands, real before synthetic, sure before unsure, new before old', async () => {
    await tell('low', { confidence: 1, openedAt: 9000 });
    await tell('gone', { severity: 'critical', change: 'retracted', state: 'retracted' });
    expect(await exampleSentence(client, 0)).toBe('sentence of low');
    await tell('drill', { severity: 'high', synthetic: true, confidence: 1 });
    expect(await exampleSentence(client, 0)).toBe('sentence of drill');
    await tell('unsure', { severity: 'high', confidence: 0.4 });
    await tell('older', { severity: 'high', confidence: 0.8, openedAt: 500 });
    expect(await exampleSentence(client, 0)).toBe('sentence of older');
    await tell('newer', { severity: 'high', confidence: 0.8, openedAt: 600 });
    expect(await exampleSentence(client, 0)).toBe('sentence of newer');
    await tell('newer', { severity: 'info', sentence: 'revised' });
    expect(await exampleSentence(client, 0)).toBe('sentence of older');
  });

  it('looks only at what was told after the change sequence, and is null where nothing was', async () => {
    const before = await tell('high', { severity: 'high' });
    expect(await exampleSentence(client, before)).toBe(null);
    await tell('low');
    expect(await exampleSentence(client, before)).toBe('sentence of low');
  });
});
