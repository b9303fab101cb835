import { englishSentence } from '@offing/alerts';
import type { EventDraft } from '@offing/rules';
import { describe, expect, test } from 'vitest';
import { designatedDraft, gapDraft, hoverDraft, VESSEL } from '../drafts.ts';

/** Words that would say more than the evidence does. */
const ACCUSING =
  /smuggl|illegal|evad|violat|suspicio|guilty|criminal|sanction-?bust|deliberate|spoof|dark fleet/i;
/** Words that keep to what the evidence supports. */
const CAUTIOUS =
  /apparent|consistent with|may be|to tell|says little|not known|were out|cannot be told|sends the IMO number/;

const CHANGES = ['opened', 'revised', 'closed', 'retracted'] as const;
const DOUBTS = [
  'few-witnesses',
  'few-hours-with-witness',
  'own-interval',
  'not-heard-early',
  'leaving-coverage',
  'fell-silent-together',
  'out-when-it-fell-silent',
  'maybe-moored',
];

function everyDraft(): EventDraft[] {
  const gaps = (['silent', 'unobserved', 'void'] as const).map((verdict) => gapDraft({ verdict }));
  const doubts = DOUBTS.map((doubt) =>
    gapDraft({ verdict: 'unobserved', evidence: { silenceH: 9, witnesses: 4, doubts: [doubt] } }),
  );
  const hovers = ['nexus', 'outside-anchorages', 'longer-than-queue', 'left-without-visit'].map((reason) =>
    hoverDraft({ evidence: { lengthH: 50, meanSogKn: 0.3, reasons: [reason], endedBy: null } }),
  );
  const matches = ['confirmed', 'probable'].map((level) =>
    designatedDraft({ evidence: { ...designatedDraft().evidence, level } }),
  );
  return [...gaps, ...doubts, ...hovers, ...matches].flatMap((draft) =>
    CHANGES.map((change) => ({
      ...draft,
      change,
      closedAt: change === 'closed' ? draft.openedAt + 1e8 : null,
      reason: change === 'retracted' ? 'late positions fill it' : null,
    })),
  );
}

describe('every sentence of every rule, verdict and state', () => {
  test.each(everyDraft().map((draft) => [draft.type, draft.change, draft] as const))(
    '%s %s',
    (_, change, draft) => {
      const sentence = englishSentence(draft);
      expect(sentence).toMatch(CAUTIOUS);
      expect(sentence).not.toMatch(ACCUSING);
      expect(sentence).not.toMatch(/undefined|null|NaN|\[object/);
      expect(sentence).toContain('MADE UP ONE (MMSI 445900001, IMO 9100011)');
      expect(sentence).toMatch(/\d{4}-\d\d-\d\d \d\d:\d\d UTC/);
      expect(sentence.endsWith('.')).toBe(true);
      expect(sentence.startsWith('RETRACTED: ')).toBe(change === 'retracted');
      const marked = englishSentence({ ...draft, synthetic: true });
      expect(marked).toBe(`SYNTHETIC (a made-up ship): ${sentence}`);
    },
  );
});

describe('a sentence', () => {
  test('on a silent ship names how long, from when, where, and what was heard of others', () => {
    expect(englishSentence(gapDraft())).toBe(
      'MADE UP ONE (MMSI 445900001, IMO 9100011) was not heard for at least 27 h 0 min and is not back after 2016-11-05 15:40 UTC, last 22.2 km from Eastwick; 9 other ships of its class within the area were heard meanwhile, which is consistent with a transponder that was switched off or failed.',
    );
  });

  test('on a wait that ended at a berth says so, and does not say that there was no visit', () => {
    const berthed = hoverDraft({
      change: 'closed',
      closedAt: Date.parse('2016-11-07T15:40:00Z'),
      evidence: { ...hoverDraft().evidence, endedBy: 'berth' },
    });
    expect(englishSentence(berthed)).toContain('and then berthed');
    expect(englishSentence(berthed)).not.toContain('without an observed port visit');
    expect(englishSentence(hoverDraft())).toContain('without an observed port visit');
  });

  test('on a retraction says why', () => {
    const taken = gapDraft({ change: 'retracted', verdict: 'void', reason: 'the receivers were out' });
    expect(englishSentence(taken)).toMatch(/^RETRACTED: .* Withdrawn because the receivers were out\.$/);
  });

  test('names no port where there is none, and hemispheres of both signs', () => {
    const sentence = englishSentence(gapDraft({ port: null, lon: -179.5, lat: -12.25 }));
    expect(sentence).toContain('at 12.25\u00b0S 179.50\u00b0W');
  });

  test('on a ship without a name or number says so', () => {
    const vessels = [{ ...VESSEL, shipName: null, imoNumber: null }];
    expect(englishSentence(gapDraft({ vessels }))).toMatch(/^A ship without a name \(MMSI 445900001\) /);
    expect(englishSentence(gapDraft({ vessels: [{ ...VESSEL, shipName: '\u202e\u0007 ' }] }))).toMatch(
      /^A ship without a name/,
    );
  });
});

describe('hostile text from outside', () => {
  test.each([
    ['markup', '<img src=x onerror=alert(1)>'],
    ['direction marks', 'SEA\u202eSTAR\u2066\u200f'],
    ['control characters and line ends', 'SEA\u0000\u001b[31mSTAR\r\nBcc: all'],
    ['line separators', 'SEA\u2028STAR\u2029'],
    ['great length', 'A'.repeat(5000)],
    ['lone surrogates', 'SEA\ud800STAR'],
  ])('cannot leave its place in a sentence: %s', (_, text) => {
    const drafts = [
      gapDraft({ vessels: [{ ...VESSEL, shipName: text }] }),
      gapDraft({ port: { id: 'x', name: text, country: 'CN' } }),
      designatedDraft({
        evidence: { level: 'confirmed', designations: [{ list: text, designatedOn: text, shipName: text }] },
      }),
    ];
    for (const draft of drafts) {
      const sentence = englishSentence(draft);
      expect(sentence).not.toMatch(/[<>]|\p{C}|\p{Zl}|\p{Zp}/u);
      expect(sentence.length).toBeLessThan(900);
      expect(sentence).toContain('2016-11-05 15:40 UTC');
    }
  });
});
