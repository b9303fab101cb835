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
  {
    rule: 'round-trip-without-call',
    nexus: true,
    confidenceAtLeast: 0.7,
    severity: 'high',
    why: 'out and back without a call, with a link to the DPRK',
  },
  { rule: 'round-trip-without-call', severity: 'medium', why: 'out and back without a call' },
  {
    rule: 'port-visit',
    nexus: true,
    confidenceAtLeast: 0.5,
    severity: 'low',
    why: 'a call by a ship with a link to the DPRK',
  },
  {
    rule: 'zone-entry',
    nexus: true,
    severity: 'medium',
    why: 'in a zone of the user’s, with a link to the DPRK',
  },
  { rule: 'zone-entry', severity: 'low', why: 'in a zone of the user’s' },
  {
    rule: 'draught-change',
    nexus: true,
    severity: 'low',
    why: 'typed by hand, of a ship with a link to the DPRK',
  },
  { rule: 'draught-change', severity: 'info', why: 'draughts are typed by hand' },
  {
    rule: 'embargo-breach',
    confidenceAtLeast: 0.7,
    severity: 'high',
    why: 'a call against an announcement that nobody denied',
  },
  {
    rule: 'embargo-breach',
    severity: 'medium',
    why: 'a call against an announcement that was denied, or by a ship whose coming was not seen',
  },
  {
    rule: 'recent-dprk-call',
    confidenceAtLeast: 0.7,
    severity: 'high',
    why: 'an observed DPRK call within the window',
  },
  { rule: 'recent-dprk-call', severity: 'medium', why: 'a possible DPRK call within the window' },
  { rule: 'port-visit', severity: 'info', why: 'a call at a port is no event by itself' },
  {
    rule: 'encounter',
    nexus: true,
    confidenceAtLeast: 0.6,
    severity: 'high',
    why: 'a meeting at sea with a link to the DPRK',
  },
  {
    rule: 'encounter',
    nexus: true,
    severity: 'medium',
    why: 'a meeting near an anchorage or thinly observed, with a link to the DPRK',
  },
  { rule: 'encounter', severity: 'low', why: 'a meeting at sea' },
  {
    rule: 'irregular-grouping',
    severity: 'high',
    why: 'more ships with a link to the DPRK than the port\u2019s history explains',
  },
  { rule: 'loitering', nexus: true, severity: 'medium', why: 'a long drift with a link to the DPRK' },
  { rule: 'loitering', severity: 'info', why: 'a long drift far from shore' },
  { rule: 'dark-near-port', verdict: 'void', severity: 'info', why: 'nothing is left of the silence' },
  { rule: 'dark-near-port', verdict: 'unobserved', severity: 'info', why: 'too few witnesses to tell' },
  {
    rule: 'dark-near-port',
    verdict: 'silent',
    nexus: true,
    severity: 'critical',
    why: 'silent off a watched port after an approach, with a link to the DPRK',
  },
  {
    rule: 'dark-near-port',
    verdict: 'silent',
    confidenceAtLeast: 0.7,
    severity: 'high',
    why: 'silent off a watched port after an approach, well witnessed',
  },
  { rule: 'dark-near-port', severity: 'medium', why: 'silent off a watched port, few witnesses' },
  { rule: 'feed-outage', severity: 'info', why: 'about the receivers, not about a ship' },
  {
    rule: 'first-seen-near-coast',
    nexus: true,
    severity: 'high',
    why: 'appeared off a watched port, with a link to the DPRK',
  },
  {
    rule: 'first-seen-near-coast',
    confidenceAtLeast: 0.7,
    severity: 'medium',
    why: 'appeared off a watched port where many others were heard',
  },
  { rule: 'first-seen-near-coast', severity: 'low', why: 'appeared off a watched port, thinly witnessed' },
  {
    rule: 'identity-change',
    confidenceAtLeast: 0.95,
    severity: 'high',
    why: 'a listed IMO number was dropped for another',
  },
  {
    rule: 'identity-change',
    nexus: true,
    confidenceAtLeast: 0.6,
    severity: 'high',
    why: 'a new identity, with a link to the DPRK',
  },
  { rule: 'identity-change', nexus: true, severity: 'medium', why: 'a change, with a link to the DPRK' },
  {
    rule: 'identity-change',
    confidenceAtLeast: 0.8,
    severity: 'medium',
    why: 'another number or MMSI, or one number on two hulls',
  },
  { rule: 'identity-change', severity: 'info', why: 'ships are renamed and re-flagged every day' },
  {
    rule: 'impossible-jump',
    nexus: true,
    severity: 'medium',
    why: 'false positions, with a link to the DPRK',
  },
  { rule: 'impossible-jump', severity: 'low', why: 'jamming is far more frequent than deceit' },
  {
    rule: 'shared-mmsi',
    nexus: true,
    severity: 'medium',
    why: 'a number used twice, with a link to the DPRK',
  },
  { rule: 'shared-mmsi', severity: 'info', why: 'mostly numbers that were never set' },
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
