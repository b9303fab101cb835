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
  const next = PLAIN_FIELDS.some((field) => isNews(report[field], identity[field]))
    ? {
        ...identity,
        shipName: report.shipName ?? identity.shipName,
        callSign: report.callSign ?? identity.callSign,
        shipType: report.shipType ?? identity.shipType,
        lengthM: report.lengthM ?? identity.lengthM,
        beamM: report.beamM ?? identity.beamM,
        draughtM: report.draughtM ?? identity.draughtM,
        destination: report.destination ?? identity.destination,
        eta: report.eta ?? identity.eta,
      }
    : identity;
  const sent = report.imoNumber;
  if (sent === undefined || sent === null || sent === next.imoNumberAsSent) return next;
  if (!isImoNumber(sent)) return { ...next, imoNumberAsSent: sent };
  const known = next.imoNumbers.includes(sent);
  const imoNumbers = known ? next.imoNumbers : [...next.imoNumbers, sent];
  return { ...next, imoNumberAsSent: sent, imoNumber: sent, imoNumbers };
}

function isNews(said: string | number | null | undefined, known: string | number | null): boolean {
  return said !== undefined && said !== null && said !== known;
}
