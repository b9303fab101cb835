import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { englishSentence, publish, reasonIn, retractionOf, translationsOf } from '@offing/alerts';
import { makeRegister } from '@offing/designations';
import { loadGazetteer, readZones, withZones } from '@offing/gazetteer';
import { ruleBook, type EventDraft, type Json } from '@offing/rules';
import { Fold } from '@offing/stages';
import { columnsOf, SCENARIOS, scenarioRows, settingOf } from '@offing/testkit';
import { describe, expect, test } from 'vitest';
import { designatedDraft, gapDraft, hoverDraft, VESSEL } from '../drafts.ts';

/** Scenarios in which every rule but that on lists speaks. */
const WANTED: ReadonlySet<string> = new Set([
  'dark-off-lianyungang',
  'region-out-off-lianyungang',
  'twice-in-a-day',
  'wait-and-berth-penglai',
  'there-and-back-nakhodka',
  'six-gather-off-lanshan',
  'appears-off-lanshan',
  'adrift-sea-of-japan',
  'called-at-chongjin-then-pohang',
  'reflagged-under-way',
  'placeholder-number',
  'jammed-and-back',
  'deeper-after-a-silence',
  'barred-at-tianjin',
]);

function scenarioDrafts(): readonly EventDraft[] {
  const square = [119, 34, 121, 34, 121, 36, 119, 36, 119, 34];
  const ring = square.flatMap((lon, i) => (i % 2 === 0 ? [[lon, square[i + 1]]] : []));
  const { zones } = readZones(
    JSON.stringify({ type: 'Feature', id: 'z', geometry: { type: 'Polygon', coordinates: [ring] } }),
  );
  const gazetteer = withZones(loadGazetteer(), zones);
  return SCENARIOS.filter(({ file }) => WANTED.has(file)).flatMap((scenario) => {
    const { records, statics } = columnsOf(scenarioRows(scenario));
    const setting = settingOf({ gazetteer, register: makeRegister([]) });
    return new Fold(setting).process(records, statics, 0, records.length).events;
  });
}

const DOUBTS = [
  'leaving-coverage',
  'out-when-it-fell-silent',
  'fell-silent-together',
  'maybe-moored',
  'harbour-bound',
  'outage-nearby',
  'ships-vanish-here',
  'heard-too-briefly',
  'own-interval',
  'few-hours-with-witness',
  'not-heard-early',
  'few-witnesses',
];

/** What scenarios seldom show: each verdict, doubt and reason, with and without a port, a name, an end. */
function drawnDrafts(): readonly EventDraft[] {
  const verdicts = (['silent', 'unobserved', 'void'] as const).map((verdict) => gapDraft({ verdict }));
  const doubts = DOUBTS.map((doubt) =>
    gapDraft({ verdict: 'unobserved', evidence: { silenceH: 80.4, witnesses: 4, doubts: [doubt] } }),
  );
  const reasons = ['nexus', 'barred', 'outside-anchorages', 'longer-than-queue', 'left-without-visit'];
  const hovers = reasons.map((reason) =>
    hoverDraft({ evidence: { lengthH: 50, meanSogKn: 0.3, reasons: [reason], endedBy: null }, port: null }),
  );
  const nameless = gapDraft({ vessels: [{ ...VESSEL, shipName: null, imoNumber: null }] });
  const listed = ['confirmed', 'probable'].map((level) =>
    designatedDraft({ evidence: { ...designatedDraft().evidence, level } }),
  );
  return [...verdicts, ...doubts, ...hovers, nameless, ...listed].flatMap((draft) => [
    draft,
    {
      ...draft,
      change: 'closed',
      closedAt: draft.openedAt + 1e8,
      reason: 'the lists that hold the ship changed',
    },
    { ...draft, change: 'retracted', synthetic: true, reason: 'positions that arrived later changed it' },
  ]);
}

/** Names and records as they came from outside: they stand in every language as they were received. */
function outsideTexts(value: Json): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap((part: Json) => outsideTexts(part));
}

const numbersOf = (text: string) => (text.match(/\d+(?:\.\d+)?/g) ?? []).sort();

/** The abbreviations that seafarers of every language write. */
const COMMON = /\b(AIS|MMSI|IMO|UTC|km|m)\b|°[NSEW]|\d{4}-\d\d-\d\dT[\d:.]+Z/g;

function leftOvers(text: string, draft: EventDraft): readonly string[] {
  const names = draft.vessels.flatMap(({ shipName }) => (shipName === null ? [] : [shipName]));
  const outside = [...names, draft.port?.name ?? '', ...outsideTexts(draft.evidence)];
  const known = outside.flatMap((one) => one.split(/\s+/)).filter((word) => /[A-Za-z]/.test(word));
  const words = known.sort((a, b) => b.length - a.length);
  const bare = words.reduce((rest, word) => rest.replaceAll(word, ' '), text);
  return bare.replace(COMMON, ' ').match(/[A-Za-z]{2,}/g) ?? [];
}

/** The reasons that stand in the sources of the rules and of the engine, and those with a word of their own in them. */
const REASONS: readonly string[] = [
  ...['packages/rules/src', 'services/engine/src'].flatMap((folder) => {
    const root = fileURLToPath(new URL(`../../../../${folder}`, import.meta.url));
    const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.ts'),
    );
    return files.flatMap((name) => reasonsOf(readFileSync(join(root, name), 'utf8')));
  }),
  'the verdict was unobserved',
  'one of the two was not heard for 30 days',
  'its hulls were not heard in turn for 7 d',
  'what was seen since looks like a tug and its tow',
];

function reasonsOf(source: string): readonly string[] {
  const patterns = [
    /\breason = '([^']+)'/g,
    /const (?:LATE|GONE|NO_LONGER_LISTED|ANOTHER|LEARNT_REMOVED|CHANGED) =\s+'([^']+)'/g,
    /'retracted', null, '([^']+)'/g,
    /change === 'revised' \? '([^']+)'/g,
    /^ {4}return '(the [^']+)';$/gm,
  ];
  return patterns.flatMap((pattern) => [...source.matchAll(pattern)].map(([, reason]) => reason));
}

const SCENARIO_DRAFTS = scenarioDrafts();

describe('the sentences of all scenarios', () => {
  test('are of every rule but that on lists', () => {
    const types = new Set(SCENARIO_DRAFTS.map(({ type }) => type));
    const missing = ruleBook().filter(({ id }) => !types.has(id));
    expect(missing.map(({ id }) => id)).toEqual(['designated-vessel']);
  });

  test.each(['zh', 'ko'] as const)(
    'have the same figures in %s, and no words left in English',
    (language) => {
      for (const draft of [...SCENARIO_DRAFTS, ...drawnDrafts()]) {
        const english = englishSentence(draft);
        const told = translationsOf(draft)[language];
        const numbers = draft.type === 'recent-dprk-call' ? numbersOf(told) : numbersOf(english);
        expect([draft.type, told, numbersOf(told)]).toEqual([draft.type, told, numbers]);
        expect([told, leftOvers(told, draft)]).toEqual([told, []]);
        expect(told).not.toMatch(/undefined|null|NaN|\[object| {2}/);
        expect(told).toMatch(language === 'zh' ? /[。]$/ : /[.]$/);
        for (const { shipName } of draft.vessels.slice(0, 1)) expect(told).toContain(shipName ?? 'MMSI');
      }
    },
  );

  test.each(REASONS)('say in every language that %s', (reason) => {
    for (const language of ['zh', 'ko'] as const) {
      const told = reasonIn(reason, language);
      expect(told).toMatch(/[^\x00-\x7f]/);
      expect(numbersOf(told ?? '')).toEqual(numbersOf(reason));
      expect(told).not.toMatch(/[a-z]{2,}/);
    }
    expect(reasonIn(reason, 'en')).toBe(reason);
    expect(reasonIn(`not ${reason}`, 'zh')).toBeNull();
  });
});

test('a retraction is one in every language, with its reason', () => {
  const version = publish(gapDraft(), ruleBook(), {});
  const taken = retractionOf(version, 'positions that arrived later changed it', 1);
  expect(taken.translations?.zh).toMatch(/^【已撤回】.*撤回原因：随后到达的船位使其改变。$/);
  expect(taken.translations?.ko).toMatch(/^\[철회됨\] .* 철회 이유: .*바뀌었음\.$/);
  expect(retractionOf({ ...version, translations: null }, 'x', 1).translations).toBeNull();
});

test.each([
  ['markup', '<img src=x onerror=alert(1)>'],
  ['direction marks', 'SEA\u202eSTAR\u2066\u200f'],
  ['control characters and line ends', 'SEA\u0000\u001b[31mSTAR\r\nBcc: all'],
])('hostile text cannot leave its place in any language: %s', (_, text) => {
  const drafts = [
    gapDraft({ vessels: [{ ...VESSEL, shipName: text }], port: { id: 'x', name: text, country: 'CN' } }),
    designatedDraft({
      evidence: { level: 'confirmed', designations: [{ list: text, designatedOn: text, shipName: text }] },
    }),
  ];
  for (const sentence of drafts.flatMap((draft) => Object.values(translationsOf(draft)))) {
    expect(sentence).not.toMatch(/[<>]|\p{C}|\p{Zl}|\p{Zp}/u);
  }
});
