import type { Reader } from './reader.ts';
import { knownBy } from './vessels-then.ts';

/** What was said of a ship in one static report; a field that the message did not carry is null. */
export type IdentityRecord = {
  readonly at: number;
  readonly imoNumber: number | null;
  readonly shipName: string | null;
  readonly callSign: string | null;
  readonly shipType: number | null;
  readonly lengthM: number | null;
  readonly beamM: number | null;
  readonly draughtM: number | null;
  readonly destination: string | null;
  readonly eta: string | null;
  readonly messageType: number;
  readonly feed: string | null;
};

/** Returns the static reports kept under an MMSI, newest first, at most `limit`; with `asOf` (ms) those known then. */
export async function identityHistory(
  reader: Reader,
  mmsi: number,
  limit: number,
  asOf?: number,
): Promise<readonly IdentityRecord[]> {
  let query = reader.db
    .selectFrom('static_report')
    .leftJoin('feed', 'feed.feed_id', 'static_report.feed_id')
    .select([
      'at',
      'imo_number',
      'ship_name',
      'call_sign',
      'ship_type',
      'length_m',
      'beam_m',
      'draught_m',
      'destination',
      'eta',
      'message_type',
      'feed.name as feed',
    ])
    .where('mmsi', '=', mmsi)
    .orderBy('at', 'desc')
    .orderBy('content_key')
    .limit(limit);
  if (asOf !== undefined) query = query.where(knownBy('static_report', asOf));
  const rows = await query.execute();
  return rows.map((row) => ({
    at: row.at.getTime(),
    imoNumber: row.imo_number,
    shipName: row.ship_name,
    callSign: row.call_sign,
    shipType: row.ship_type,
    lengthM: row.length_m,
    beamM: row.beam_m,
    draughtM: row.draught_m,
    destination: row.destination,
    eta: row.eta,
    messageType: row.message_type,
    feed: row.feed,
  }));
}
