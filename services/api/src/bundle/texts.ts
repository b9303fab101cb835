import { ruleBook } from '@offing/rules';
import type { PublicAlert } from '../schemas/event.ts';
import type { PublicEvidencePosition } from '../schemas/evidence.ts';

/** What the texts of a bundle are made of. */
export type TextParts = {
  readonly alert: PublicAlert;
  readonly positions: readonly PublicEvidencePosition[];
  readonly address: string;
};

/** Returns the alert in words: sentence, standing, other explanations and how to cite it. */
export function sentenceText({ alert, address }: TextParts): string {
  const innocent = alert.innocentExplanations.map((explanation) => `- ${explanation}`);
  const made = alert.synthetic ? ['SYNTHETIC: it rests on made-up ships for demonstration.', ''] : [];
  return text([
    ...made,
    alert.sentence,
    '',
    `State: ${alert.state}. Version: ${alert.version}, known since ${alert.knownSince}.`,
    ...(alert.reason === null ? [] : [`Corrected: ${alert.reason}`]),
    `Verdict: ${alert.verdict ?? 'none'}. Severity: ${alert.severity}. Confidence: ${alert.confidence}.`,
    '',
    'What may explain it without ill intent:',
    ...(innocent.length === 0 ? ['- the rule names nothing'] : innocent),
    '',
    'Cite as:',
    `Offing, alert ${alert.id}, version ${alert.version} (rule ${alert.rule.id} version ${alert.rule.version}),`,
    `known since ${alert.knownSince}. ${address}?as_of=${encodeURIComponent(alert.knownSince)}`,
  ]);
}

/** Returns what is in a bundle and how to verify it, with the terms of the feeds. */
export function readmeText({ alert, positions, address }: TextParts): string {
  const terms = new Map(
    positions.flatMap(({ copies }) => copies.map((copy) => [copy.feed, copy.terms] as const)),
  );
  const feeds = [...new Set([...alert.feeds, ...terms.keys()])].sort();
  return text([
    `Evidence of Offing alert ${alert.id}, version ${alert.version}`,
    address,
    '',
    'sentence.txt    what it says, in words, other explanations, how to cite it',
    'alert.json      the alert with all its versions up to this one',
    'positions.csv   the positions that its versions name, a row for each time that one was heard',
    'track.csv       the positions of its ships from a day before until a day after',
    'raw/            the records as they were received, each named by its SHA-256',
    'rule.json       the rule: version, parameters in use, what it cannot see',
    'reference.json  versions of the lists, ports and coast that were used',
    'picture.png     the picture of the alert; coast © OpenStreetMap contributors (ODbL)',
    'manifest.json   every file above with its size and SHA-256',
    '',
    'To verify:  sha256sum -c SHA256SUMS',
    '',
    'Terms of use of the feeds, which hold for what they brought:',
    ...feeds.map((feed) => `- ${feed}: ${terms.get(feed) ?? 'none stated'}`),
    '',
    'AIS is what ships send of themselves. An alert tells what is apparent; it is no proof of an act.',
  ]);
}

/** Returns the rule that raised an alert: as the alert names it, and in words where this program has that version. */
export function ruleJson({ rule }: PublicAlert): unknown {
  const known = ruleBook().find(({ id, version }) => id === rule.id && version === rule.version);
  return { ...rule, docs: known?.docs ?? null };
}

/** Returns a value as indented JSON with a line break at its end. */
export function jsonText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function text(lines: readonly string[]): string {
  return `${lines.join('\n')}\n`;
}
