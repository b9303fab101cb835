import type { Identity } from '@offing/track';
import { sql, type Selectable } from 'kysely';
import type { VesselTable } from '../schema.ts';
import { CLAIM_COLUMNS, claimsOf, type Claims } from './claims.ts';
import type { Reader } from './reader.ts';
import { hullKey, identitiesThen, vesselsKnownAt } from './vessels-then.ts';

/** A hull as kept: what it claims, when and where it was heard; instants in ms, coordinates in degrees. */
export type VesselRecord = Claims & {
  readonly vesselId: string;
  readonly mmsi: number;
  /** Its number among the hulls that share the MMSI. */
  readonly hull: number;
  /** 0 not known, 1 class A, 2 class B. */
  readonly aisClass: number;
  readonly firstAt: number;
  readonly lastAt: number;
  readonly lon: number;
  readonly lat: number;
  /** How many were received; null in a list of what was known once. */
  readonly positions: number | null;
  readonly feeds: readonly string[];
  readonly synthetic: boolean;
};

/** What vessels are asked for: as they are known now, or as they were at an instant, ms. */
export type VesselTime = {
  readonly asOf?: number;
  /** Whether all positions known then are counted: too much for lists. */
  readonly counts?: boolean;
};

/**
 * Returns the start of every query of vessels: its columns, and the names of the feeds that heard it. Those known at an
 * instant lack what they said of themselves: `vesselRecords` adds it.
 */
export function selectVessels(reader: Reader, { asOf, counts = false }: VesselTime) {
  // The two have the same columns by name; the second is a query of its own, which the builder cannot know.
  const vessels = asOf === undefined ? sql`vessel` : vesselsKnownAt(asOf, counts);
  return reader.db
    .selectFrom(vessels.$castTo<Selectable<VesselTable>>().as('vessel'))
    .select([
      'vessel_id',
      'mmsi',
      'hull',
      ...CLAIM_COLUMNS,
      'ais_class',
      'first_at',
      'last_at',
      'last_lon_e7',
      'last_lat_e7',
      'positions',
      'synthetic',
    ])
    .select((eb) =>
      eb
        .selectFrom('feed')
        .whereRef('feed.feed_id', '=', (inner) => inner.fn.any('vessel.feed_ids'))
        .select((inner) =>
          inner.fn.agg<string[]>('array_agg', ['feed.name']).orderBy('feed.name').as('names'),
        )
        .as('feeds'),
    );
}

type VesselRow = Awaited<ReturnType<ReturnType<typeof selectVessels>['executeTakeFirstOrThrow']>>;

/** Returns the records of rows of `selectVessels`, in their order. */
export async function vesselRecords(
  reader: Reader,
  rows: readonly VesselRow[],
  { asOf }: VesselTime,
): Promise<readonly VesselRecord[]> {
  if (asOf === undefined) return rows.map(vesselRecord);
  const identities = await identitiesThen(reader, rows, asOf);
  return rows.map((row) => {
    const said = identities.get(hullKey(row));
    return said === undefined ? vesselRecord(row) : { ...vesselRecord(row), ...pickClaims(said) };
  });
}

function pickClaims(said: Identity): Claims {
  const { imoNumber, shipName, callSign, shipType, lengthM, beamM, draughtM, destination } = said;
  return { imoNumber, shipName, callSign, shipType, lengthM, beamM, draughtM, destination };
}

/** Returns the record of a row of `selectVessels` that was not asked about the past. */
export function vesselRecord(row: VesselRow): VesselRecord {
  return {
    vesselId: row.vessel_id,
    mmsi: row.mmsi,
    hull: row.hull,
    ...claimsOf(row),
    aisClass: row.ais_class,
    firstAt: row.first_at.getTime(),
    lastAt: row.last_at.getTime(),
    lon: row.last_lon_e7 / 1e7,
    lat: row.last_lat_e7 / 1e7,
    positions: row.positions === null ? null : Number(row.positions),
    feeds: row.feeds ?? [],
    synthetic: row.synthetic,
  };
}
