import { CLAIM_COLUMNS, claimsOf, type Claims } from './claims.ts';
import type { Reader } from './reader.ts';
import { knownBy } from './vessels-then.ts';

/** What was said of a ship in one static report; a field that the message did not carry is null. */
export type IdentityRecord = Claims & {
  readonly at: number;
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
    .select(['at', ...CLAIM_COLUMNS, 'eta', 'message_type', 'feed.name as feed'])
    .where('mmsi', '=', mmsi)
    .orderBy('at', 'desc')
    .orderBy('content_key')
    .limit(limit);
  if (asOf !== undefined) query = query.where(knownBy('static_report', asOf));
  const rows = await query.execute();
  return rows.map((row) => ({
    at: row.at.getTime(),
    ...claimsOf(row),
    eta: row.eta,
    messageType: row.message_type,
    feed: row.feed,
  }));
}
