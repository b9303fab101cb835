import { englishSentence, severityOf } from '@offing/alerts';
import type { EventDraft } from '@offing/rules';
import { describe, expect, test } from 'vitest';
import { gapDraft, VESSEL } from '../drafts.ts';

const OTHER = { vesselId: 'v_2', mmsi: 413_000_002, imoNumber: null, shipName: null };
const CLOSED_AT = Date.parse('2016-11-06T02:40:00Z');
const PART = { from: '2016-11-05T15:40:00Z', to: '2016-11-05T18:40:00Z' };

function encounterDraft(more: Partial<EventDraft> = {}, evidence: EventDraft['evidence'] = {}): EventDraft {
  return gapDraft({
    type: 'encounter',
    verdict: null,
    vessels: [VESSEL, OTHER],
    evidence: {
      lengthH: 3,
      parts: [PART],
      slowKn: 2,
      closestM: 88,
      anchorageKm: 17.1,
      anchorageLimitKm: 10,
      anchoragesKnown: true,
      portKm: 42.4,
      ...evidence,
    },
    ...more,
  });
}

function loiteringDraft(more: Partial<EventDraft> = {}): EventDraft {
  const evidence = { lengthH: 12, meanSogKn: 0.8, shoreNm: 48, nexus: [] };
  return gapDraft({ type: 'loitering', verdict: null, port: null, evidence, ...more });
}

function groupingDraft(more: Partial<EventDraft> = {}): EventDraft {
  const history = { meanShips: 2.26, mostShips: 4, days: 55.8 };
  return gapDraft({
    type: 'irregular-grouping',
    verdict: null,
    vessels: [VESSEL, OTHER, VESSEL, OTHER, VESSEL],
    evidence: { ships: 5, portKm: 17.6, chance: 0.00012, history },
    ...more,
  });
}

const DRAFTS = [
  encounterDraft(),
  encounterDraft({}, { parts: [PART, PART] }),
  encounterDraft({ nexus: false }, { anchorageKm: 4 }),
  encounterDraft({ port: null }, { anchorageKm: null, anchoragesKnown: false }),
  loiteringDraft(),
  loiteringDraft({ nexus: false }),
  groupingDraft(),
];

describe('every sentence on meetings, drifting and groups', () => {
  test.each(
    DRAFTS.flatMap((draft) =>
      (['opened', 'revised', 'closed', 'retracted'] as const).map(
        (change) => [draft.type, change, draft] as const,
      ),
    ),
  )('keeps to what the evidence supports: %s, %s', (_, change, draft) => {
    const reason = change === 'retracted' ? 'late positions part them' : null;
    const sentence = englishSentence({
      ...draft,
      change,
      reason,
      closedAt: change === 'opened' ? null : CLOSED_AT,
    });
    expect(sentence).toMatch(/apparent/);
    expect(sentence).not.toMatch(
      /smuggl|illegal|evad|violat|suspicio|transhipment|ship-to-ship transfer|deliberate/i,
    );
    expect(sentence).not.toMatch(/undefined|null|NaN|\[object/);
    expect(sentence).toContain('MADE UP ONE (MMSI 445900001, IMO 9100011)');
    expect(sentence).toContain('2016-11-05 15:40 UTC');
    expect(sentence.endsWith('.')).toBe(true);
    expect(sentence.startsWith('RETRACTED: ')).toBe(change === 'retracted');
  });
});

describe('the sentence', () => {
  test('on an encounter names both ships, how long, where, and how near', () => {
    expect(englishSentence(encounterDraft({ closedAt: CLOSED_AT }))).toBe(
      'MADE UP ONE (MMSI 445900001, IMO 9100011) and A ship without a name (MMSI 413000002) apparently lay side by side for 3 h 0 min since 2016-11-05 15:40 UTC, 42.4 km from Eastwick, both below 2 kn and at the closest 88 m apart; a dated record links one of them to the DPRK.',
    );
  });

  test('on an encounter near an anchorage, or where none is known, says that they may just have waited there', () => {
    expect(englishSentence(encounterDraft({}, { anchorageKm: 4 }))).toContain(
      'the nearest anchorage is 4 km away',
    );
    expect(englishSentence(encounterDraft({}, { anchorageKm: null, anchoragesKnown: false }))).toContain(
      'anchorages are not known there',
    );
    expect(englishSentence(encounterDraft())).not.toContain('anchorage');
  });

  test('on a group counts the ships that it does not name, and says what is usual', () => {
    const sentence = englishSentence(groupingDraft());
    expect(sentence).toContain(
      '5 ships that dated records link to the DPRK have apparently gathered 17.6 km from Eastwick',
    );
    expect(sentence).toContain(
      'and 2 more; on average 2.26 and at most 4 lay there together in the 55.8 days before',
    );
  });

  test('takes names from outside as names', () => {
    const hostile = { ...OTHER, shipName: '<b>\u202eX\u0000' };
    expect(englishSentence(encounterDraft({ vessels: [VESSEL, hostile] }))).not.toMatch(/[<>]|\p{C}/u);
  });
});

test.each([
  ['a meeting at sea with a link', encounterDraft({ confidence: 0.8 }), 'high'],
  ['a meeting near an anchorage with a link', encounterDraft({ confidence: 0.5 }), 'medium'],
  ['a meeting without a link', encounterDraft({ nexus: false }), 'low'],
  ['a group', groupingDraft(), 'high'],
  ['a drift with a link', loiteringDraft(), 'medium'],
  ['a drift without one', loiteringDraft({ nexus: false }), 'info'],
] as const)('is as severe as the table says: %s', (_, draft, severity) => {
  expect(severityOf(draft)).toBe(severity);
});
