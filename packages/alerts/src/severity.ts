import type { EventDraft, Severity } from '@offing/rules';

/** One row of the severity table: the first row whose conditions all hold gives the severity. */
export type SeverityRow = {
  readonly rule: EventDraft['type'];
  readonly verdict?: EventDraft['verdict'];
  readonly nexus?: boolean;
  readonly confidenceAtLeast?: number;
  readonly severity: Severity;
  readonly why: string;
};

/** How severe an event is, by rule, verdict, nexus and confidence; read from the top, the first row that fits counts (ours). */
export const SEVERITY_TABLE: readonly SeverityRow[] = [
  {
    rule: 'designated-vessel',
    confidenceAtLeast: 0.9,
    severity: 'high',
    why: 'matched by a valid IMO number',
  },
  {
    rule: 'designated-vessel',
    confidenceAtLeast: 0.5,
    severity: 'medium',
    why: 'matched by what another ship can take',
  },
  { rule: 'designated-vessel', severity: 'info', why: 'matched by a name alone' },
  { rule: 'transponder-gap', verdict: 'void', severity: 'info', why: 'nothing is left of the silence' },
  { rule: 'transponder-gap', verdict: 'unobserved', severity: 'info', why: 'too few witnesses to tell' },
  {
    rule: 'transponder-gap',
    verdict: 'silent',
    nexus: true,
    severity: 'high',
    why: 'silent, with a link to the DPRK',
  },
  {
    rule: 'transponder-gap',
    verdict: 'silent',
    confidenceAtLeast: 0.7,
    severity: 'medium',
    why: 'silent, well witnessed',
  },
  { rule: 'transponder-gap', severity: 'low', why: 'silent, few witnesses' },
  { rule: 'hovering', nexus: true, severity: 'high', why: 'a long wait with a link to the DPRK' },
  { rule: 'hovering', confidenceAtLeast: 0.7, severity: 'medium', why: 'a long wait, well observed' },
  { rule: 'hovering', severity: 'low', why: 'a long wait, thinly observed' },
];

/** Returns the severity of an event by the table. */
export function severityOf(event: EventDraft): Severity {
  const row = SEVERITY_TABLE.find(
    (candidate) =>
      candidate.rule === event.type &&
      (candidate.verdict === undefined || candidate.verdict === event.verdict) &&
      (candidate.nexus === undefined || candidate.nexus === event.nexus) &&
      (candidate.confidenceAtLeast === undefined || event.confidence >= candidate.confidenceAtLeast),
  );
  return row?.severity ?? 'info';
}
