import { readFileSync } from 'node:fs';

/** How a rule did on the labelled scenarios, and when that was measured. */
export type LabelledFigures = {
  /** Day of the run, YYYY-MM-DD. */
  readonly ranOn: string;
  readonly command: string;
  /** How many scenarios there were for all rules together. */
  readonly scenarios: number;
  /** The rule's version then. */
  readonly version: number;
  readonly expected: number;
  readonly found: number;
  readonly falseAlarms: number;
  readonly medianDelayH: number | null;
};

/** How often `silent` was right on made-up seas, by ships heard meanwhile; see docs/calibration.md. */
export type CalibrationFigures = {
  readonly ranOn: string;
  readonly command: string;
  readonly rule: { readonly id: string; readonly version: number };
  readonly seas: number;
  readonly ships: number;
  readonly days: number;
  readonly byWitnesses: readonly {
    readonly leastWitnesses: number;
    readonly mostWitnesses: number | null;
    readonly gaps: number;
    /** Silences of ships that were switched off; those of them that would have been heard otherwise. */
    readonly real: number;
    readonly audible: number;
    /** Silences told as `silent`; those of them that were right, and that would have been heard otherwise. */
    readonly told: number;
    readonly right: number;
    readonly rightAudible: number;
  }[];
};

type SelftestFile = Pick<LabelledFigures, 'ranOn' | 'command' | 'scenarios'> & {
  readonly rules: readonly (Omit<LabelledFigures, 'ranOn' | 'command' | 'scenarios'> & {
    readonly id: string;
  })[];
};

const SELFTEST = JSON.parse(textOf('selftest.json')) as SelftestFile;
const CALIBRATION = JSON.parse(textOf('calibration.json')) as CalibrationFigures;

/** Rules that judge silences alike: what was measured of one holds for both. */
const JUDGE_SILENCE: ReadonlySet<string> = new Set(['transponder-gap', 'dark-near-port']);

/** Returns how a rule did on the labelled scenarios when that was last measured; null where it was not. */
export function labelledFigures(id: string): LabelledFigures | null {
  const { rules, ...run } = SELFTEST;
  const figures = rules.find((rule) => rule.id === id);
  if (figures === undefined) return null;
  const { version, expected, found, falseAlarms, medianDelayH } = figures;
  return { ...run, version, expected, found, falseAlarms, medianDelayH };
}

/** Returns how often the verdict of a rule on silences was right; null for all other rules. */
export function calibrationFigures(id: string): CalibrationFigures | null {
  return JUDGE_SILENCE.has(id) ? CALIBRATION : null;
}

function textOf(name: string): string {
  return readFileSync(new URL(`../../data/${name}`, import.meta.url), 'utf8');
}
