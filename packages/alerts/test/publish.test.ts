import { alertIdOf, eventIdOf, publish, retractionOf } from '@offing/alerts';
import { ruleBook, type EventDraft } from '@offing/rules';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { gapDraft, VESSEL } from './drafts.ts';

const RULES = ruleBook();
const REFERENCE = { gazetteer: 'made up' };

describe('the id of an event', () => {
  test('is the same whenever and however often it is told, and whatever else of it changes', () => {
    const first = gapDraft();
    const later: Partial<EventDraft>[] = [
      { change: 'closed', closedAt: first.openedAt + 1e8 },
      { verdict: 'unobserved', confidence: 0.1 },
      { openedAt: first.openedAt + 60_000 },
      { knownSince: first.knownSince + 1e9, reason: 'late' },
      { vessels: [{ ...VESSEL, imoNumber: 9_100_023, shipName: 'RENAMED' }] },
      { synthetic: false, feeds: ['b', 'a'] },
    ];
    for (const change of later) expect(eventIdOf({ ...first, ...change })).toBe(eventIdOf(first));
    expect(eventIdOf(first)).toMatch(/^e_[0-9a-f]{20}$/);
    expect(alertIdOf(eventIdOf(first))).toBe(eventIdOf(first).replace('e_', 'a_'));
  });

  test('is another for another rule, hull, first moment or part', () => {
    const first = gapDraft();
    const others: Partial<EventDraft>[] = [
      { type: 'hovering' },
      { vessels: [{ ...VESSEL, vesselId: 'v_another' }] },
      { firstToldAt: first.firstToldAt + 1 },
      { discriminator: '2' },
    ];
    const ids = [first, ...others.map((other) => ({ ...first, ...other }))].map(eventIdOf);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('does not confuse a hull and a moment that read alike when joined', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(), fc.string(), (hull, at, part) => {
        const draft = {
          ...gapDraft(),
          vessels: [{ ...VESSEL, vesselId: hull }],
          firstToldAt: at,
          discriminator: part,
        };
        expect(eventIdOf(draft)).toBe(eventIdOf({ ...draft }));
        expect(eventIdOf({ ...draft, firstToldAt: at + 1 })).not.toBe(eventIdOf(draft));
      }),
    );
  });
});

describe('publishing', () => {
  test('puts numbers, severity, words and versions on what the rule told', () => {
    const version = publish(gapDraft(), RULES, REFERENCE);
    expect(version).toMatchObject({
      state: 'open',
      mmsi: [445_900_001],
      imoNumber: [9_100_011],
      vesselId: ['v_1'],
      severity: 'high',
      reference: REFERENCE,
    });
    expect(version.innocent.length).toBeGreaterThan(2);
    expect(version).not.toHaveProperty('vessels');
    expect(version).not.toHaveProperty('firstToldAt');
  });

  test('leaves out an IMO number that is not known', () => {
    expect(
      publish(gapDraft({ vessels: [{ ...VESSEL, imoNumber: null }] }), RULES, REFERENCE).imoNumber,
    ).toEqual([]);
  });

  test.each([
    ['opened', 'open'],
    ['revised', 'open'],
    ['closed', 'closed'],
    ['retracted', 'retracted'],
  ] as const)('%s leaves it %s', (change, state) => {
    expect(publish(gapDraft({ change }), RULES, REFERENCE).state).toBe(state);
  });

  test('a retraction says so and why, matters least, and keeps the evidence', () => {
    const version = publish(gapDraft(), RULES, REFERENCE);
    const taken = retractionOf(version, 'late positions fill it', 123);
    expect(taken).toMatchObject({
      state: 'retracted',
      change: 'retracted',
      severity: 'info',
      knownSince: 123,
    });
    expect(taken.evidence).toBe(version.evidence);
    expect(taken.sentence).toMatch(/^RETRACTED: .*Withdrawn because late positions fill it\.$/);
  });
});
