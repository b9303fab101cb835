/**
 * Returns the SQL that joins the positions stored of a ship in the millisecond of an instant, as `stood`, to rows of `named`
 * with `mmsi` and `at`: evidence has milliseconds, positions may be finer.
 */
export function joinStanding(named: string): string {
  // offset 0: always by the key, whatever the planner believes of a table that has just been filled.
  return `cross join lateral (
      select * from position where position.mmsi = ${named}.mmsi and position.at >= ${named}.at
        and position.at < ${named}.at + interval '1 millisecond' offset 0) as stood`;
}

/** Returns the SQL that says of positions (by the alias of their rows) that no raw record is kept of them. */
export function hasNoRaw(positions: string): string {
  return `not exists (select from raw_copy where (raw_copy.mmsi, raw_copy.at, raw_copy.lon_e7, raw_copy.lat_e7) =
    (${positions}.mmsi, ${positions}.at, ${positions}.lon_e7, ${positions}.lat_e7))`;
}
