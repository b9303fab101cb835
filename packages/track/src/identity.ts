import { isImoNumber } from '@offing/units';
import type { StaticReport } from './statics.ts';

/** What a hull has said of itself so far; null where it never said, or took back. */
export type Identity = {
  /** The newest IMO number with a valid check digit. */
  readonly imoNumber: number | null;
  /** Every IMO number with a valid check digit that the hull ever sent, oldest first. */
  readonly imoNumbers: readonly number[];
  /** The newest number sent in the IMO field, valid or not. */
  readonly imoNumberAsSent: number | null;
  readonly shipName: string | null;
  readonly callSign: string | null;
  readonly shipType: number | null;
  readonly lengthM: number | null;
  readonly beamM: number | null;
  readonly draughtM: number | null;
  readonly destination: string | null;
  readonly eta: string | null;
};

/** The identity of a hull that has sent no static report yet. */
export const UNKNOWN_IDENTITY: Identity = {
  imoNumber: null,
  imoNumbers: [],
  imoNumberAsSent: null,
  shipName: null,
  callSign: null,
  shipType: null,
  lengthM: null,
  beamM: null,
  draughtM: null,
  destination: null,
  eta: null,
};

const PLAIN_FIELDS = [
  'shipName',
  'callSign',
  'shipType',
  'lengthM',
  'beamM',
  'draughtM',
  'destination',
  'eta',
] as const satisfies readonly (keyof StaticReport)[];

/**
 * Returns the identity after a static report, or the same object when the report says nothing new. A report that lacks
 * a field, or sends it as not available, takes nothing back: ships stop sending what they are known by.
 */
export function learn(identity: Identity, report: StaticReport): Identity {
  let next: Identity = identity;
  for (const field of PLAIN_FIELDS) {
    const value = report[field];
    if (value === undefined || value === null || value === next[field]) continue;
    next = { ...next, [field]: value };
  }
  const sent = report.imoNumber;
  if (sent === undefined || sent === null || sent === next.imoNumberAsSent) return next;
  next = { ...next, imoNumberAsSent: sent };
  if (!isImoNumber(sent)) return next;
  const known = next.imoNumbers.includes(sent);
  return { ...next, imoNumber: sent, imoNumbers: known ? next.imoNumbers : [...next.imoNumbers, sent] };
}
