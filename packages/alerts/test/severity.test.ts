import { SEVERITY_TABLE, severityOf } from '@offing/alerts';
import { ruleBook } from '@offing/rules';
import { describe, expect, test } from 'vitest';
import { designatedDraft, gapDraft, hoverDraft } from './drafts.ts';

describe('the severity table', () => {
  test('covers every rule, and ends for each with a row that always fits', () => {
    for (const { id } of ruleBook()) {
      const last = SEVERITY_TABLE.filter((row) => row.rule === id).at(-1);
      expect(last, id).toBeDefined();
      expect(Object.keys(last ?? {}).sort(), id).toEqual(['rule', 'severity', 'why']);
    }
  });

  test('has no row for a rule that does not exist, and no row that cannot be reached', () => {
    const ids = ruleBook().map((rule) => rule.id);
    for (const [place, row] of SEVERITY_TABLE.entries()) {
      expect(ids).toContain(row.rule);
      const draft = gapDraft({
        type: row.rule,
        verdict: row.verdict ?? (row.rule === 'transponder-gap' ? 'silent' : null),
        nexus: row.nexus ?? false,
        confidence: row.confidenceAtLeast ?? 0,
      });
      expect(severityOf(draft), `row ${place}`).toBe(row.severity);
    }
  });

  test.each([
    ['silent with nexus', gapDraft(), 'high'],
    ['silent, well witnessed', gapDraft({ nexus: false, confidence: 0.7 }), 'medium'],
    ['silent, few witnesses', gapDraft({ nexus: false, confidence: 0.69 }), 'low'],
    ['unobserved, even with nexus', gapDraft({ verdict: 'unobserved', confidence: 0.2 }), 'info'],
    ['void, even with nexus', gapDraft({ verdict: 'void', confidence: 0 }), 'info'],
    ['a wait with nexus', hoverDraft(), 'high'],
    ['a wait, well observed', hoverDraft({ nexus: false, confidence: 0.7 }), 'medium'],
    ['a wait, thinly observed', hoverDraft({ nexus: false, confidence: 0.5 }), 'low'],
    ['a confirmed match', designatedDraft(), 'high'],
    ['a probable match', designatedDraft({ confidence: 0.6 }), 'medium'],
    ['a name alone', designatedDraft({ confidence: 0.2 }), 'info'],
  ] as const)('%s', (_, draft, severity) => {
    expect(severityOf(draft)).toBe(severity);
  });
});
