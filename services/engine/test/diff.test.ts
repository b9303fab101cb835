import type { UnnumberedVersion } from '@offing/alerts';
import { describe, expect, it } from 'vitest';
import { difference, type StoredEvent } from '../src/diff.ts';

const HOUR = 3_600_000;
const AT = Date.parse('2019-06-03T10:00:00Z');

/** An outage of a feed, changed as given. */
function outage(eventId: string, more: Partial<UnnumberedVersion> = {}): UnnumberedVersion {
  return {
    type: 'feed-outage',
    change: 'closed',
    state: 'closed',
    eventId,
    alertId: `a${eventId}`,
    mmsi: [],
    imoNumber: [],
    vesselId: [],
    openedAt: AT,
    closedAt: AT + 4 * HOUR,
    lon: 120,
    lat: 38,
    port: null,
    verdict: null,
    confidence: 0.8,
    nexus: false,
    severity: 'info',
    sentence: 'out',
    translations: null,
    innocent: [],
    evidence: { extent: 'feed' },
    feeds: ['one'],
    synthetic: false,
    ruleVersion: 1,
    ruleParams: {},
    reference: {},
    reason: null,
    knownSince: AT + 4 * HOUR,
    ...more,
  };
}

function stored(...versions: readonly UnnumberedVersion[]): ReadonlyMap<string, StoredEvent> {
  return new Map(versions.map((newest) => [newest.eventId, { newest, atSnapshot: null }]));
}

const later = { openedAt: AT + HOUR, closedAt: AT + 5 * HOUR };

describe('an outage whose first moment moved', () => {
  it('keeps its id among those of other feeds at the same time', () => {
    const before = stored(outage('a'), outage('b', { ...later, feeds: ['two'] }));
    const moved = outage('b2', { ...later, openedAt: AT + 1.5 * HOUR, feeds: ['two'] });
    const { versions, aliases } = difference([outage('a'), moved], before, AT + 9 * HOUR);
    expect([...aliases]).toEqual([['b2', 'b']]);
    expect(versions).toMatchObject([{ eventId: 'b', feeds: ['two'], openedAt: AT + 1.5 * HOUR }]);
  });

  it('takes over no other feed’s outage: that one is withdrawn, and this one is new', () => {
    const { versions, aliases } = difference([outage('n', { feeds: ['two'] })], stored(outage('a')), AT);
    expect(aliases.size).toBe(0);
    expect(versions.map(({ eventId, state }) => [eventId, state]).sort()).toEqual([
      ['a', 'retracted'],
      ['n', 'closed'],
    ]);
  });

  it('is not taken for an outage of a region of its feed, nor a region for another far away', () => {
    const region = { evidence: { extent: 'region' } };
    expect(difference([outage('n', region)], stored(outage('a')), AT).aliases.size).toBe(0);
    const far = outage('n', { ...region, lon: 123 });
    expect(difference([far], stored(outage('a', region)), AT).aliases.size).toBe(0);
    const near = outage('n', { ...region, lon: 120.4, openedAt: AT + HOUR });
    expect([...difference([near], stored(outage('a', region)), AT).aliases]).toEqual([['n', 'a']]);
  });

  it('is the nearest in time where its feed was out twice', () => {
    const first = outage('a', { closedAt: AT + 2 * HOUR });
    const second = outage('b', { openedAt: AT + 3 * HOUR, closedAt: AT + 6 * HOUR });
    const told = outage('n', { openedAt: AT + HOUR * 1.9, closedAt: AT + 6 * HOUR });
    expect([...difference([told], stored(first, second), AT).aliases]).toEqual([['n', 'b']]);
    expect([...difference([told], stored(second, first), AT).aliases]).toEqual([['n', 'b']]);
  });
});

describe('a grouping', () => {
  const at = (id: string) => ({ id, name: id, country: 'CN' });
  const grouping = (eventId: string, port: string, ships: readonly string[]) =>
    outage(eventId, { type: 'irregular-grouping', vesselId: ships, port: at(port), evidence: {} });

  it('keeps its id when late data show other members, and does not take that of another port', () => {
    const before = stored(grouping('a', 'CNLKU', ['v1', 'v2']), grouping('b', 'CNDLC', ['v7', 'v8']));
    const told = [grouping('n', 'CNDLC', ['v1', 'v2']), grouping('m', 'CNLKU', ['v1', 'v2', 'v3'])];
    const { aliases } = difference(told, before, AT);
    expect([...aliases].sort()).toEqual([
      ['m', 'a'],
      ['n', 'b'],
    ]);
    expect(difference([grouping('n', 'CNRZH', ['v1', 'v2'])], before, AT).aliases.size).toBe(0);
  });
});

describe('events of hulls', () => {
  it('keep their ids by their hulls, whatever feeds hear them', () => {
    const gap = (eventId: string, hull: string, feed: string) =>
      outage(eventId, { type: 'transponder-gap', vesselId: [hull], feeds: [feed], evidence: {} });
    const before = stored(gap('a', 'v1', 'one'), gap('b', 'v2', 'one'));
    expect([...difference([gap('n', 'v2', 'two')], before, AT).aliases]).toEqual([['n', 'b']]);
    expect(difference([gap('n', 'v3', 'one')], before, AT).aliases.size).toBe(0);
  });

  it('are told apart by zones that a ship is in at once', () => {
    const entry = (eventId: string, zone: string) =>
      outage(eventId, { type: 'zone-entry', vesselId: ['v1'], evidence: { zone } });
    const before = stored(entry('a', 'east'), entry('b', 'west'));
    const { aliases } = difference([entry('n', 'west'), entry('m', 'east')], before, AT);
    expect([...aliases].sort()).toEqual([
      ['m', 'a'],
      ['n', 'b'],
    ]);
  });
});
