import pg from 'pg';

/** How much the API is measured with. */
export type ApiRows = { readonly alerts: number; readonly positions: number };

/** The ship whose month of positions, one each three minutes, is asked for. */
export const MONTH_VESSEL = 'month';
/** Positions of that month. */
export const MONTH_POSITIONS = (30 * 24 * 60) / 3;

/** Types of events as a busy sea brings them. */
const TYPES = `(array['transponder-gap','hovering','port-visit','encounter','loitering','dark-near-port'])`;

/**
 * Fills an empty database with alerts over ten years and positions of a thousand ships, made in the database itself. Indexes are those
 * of the schema, built when the rows are there.
 */
export async function fillForApi(databaseUrl: string, { alerts, positions }: ApiRows): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query(`set synchronous_commit = off; set maintenance_work_mem = '512MB'`);
    await withoutIndexes(client, ['event', 'event_version'], async () => {
      await client.query('begin');
      await client.query(`set local session_replication_role = replica`);
      await client.query(versionsSql(alerts));
      await client.query(`insert into event select event_id, version, type, state, mmsi, imo_number, vessel_id, opened_at,
        closed_at, lon, lat, port_id, verdict, confidence, severity, synthetic, known_since, change_seq, port_name, port_country,
        nexus, feeds from event_version`);
      await client.query(
        `insert into alert (alert_id, event_id) select 'a' || substr(event_id, 2), event_id from event`,
      );
      await client.query('update engine_state set change_seq = $1, watermark = now()', [alerts]);
      await client.query('commit');
    });
    await addPositions(client, positions);
    await client.query('vacuum analyze');
  } finally {
    await client.end();
  }
}

function versionsSql(alerts: number): string {
  return `insert into event_version (event_id, version, type, state, mmsi, imo_number, vessel_id, opened_at, closed_at, lon, lat,
      port_id, port_name, port_country, verdict, confidence, severity, nexus, sentence, evidence, innocent, feeds, synthetic,
      rule_version, rule_params, reference, known_since, change_seq)
    select 'e' || substr(md5(n::text), 1, 20), 1, ${TYPES}[1 + n % 6], case when n % 20 = 0 then 'open' else 'closed' end,
      array[412000000 + n % 20000], array[9000000 + n % 20000], array['v' || substr(md5((n % 20000)::text), 1, 20)],
      at, at + interval '9 hours', 117 + n % 977 / 100.0, 37 + n % 499 / 100.0,
      case when n % 3 = 0 then 'CNLKU' end, case when n % 3 = 0 then 'Longkou' end, case when n % 3 = 0 then 'CN' end,
      case when n % 6 = 0 then 'silent' end, 0.5 + n % 50 / 100.0, (array['info','low','medium','high','critical'])[1 + n % 5],
      n % 50 = 0, 'No position was received from a ship for 9 h off Longkou; others nearby were heard all the time.',
      jsonb_build_object('silentH', 9, 'thresholdH', 6, 'lastSogKn', n % 200 / 10.0, 'witnesses', n % 40, 'reachNm', 90,
        'before', jsonb_build_object('lon', 120.1, 'lat', 37.9), 'after', jsonb_build_object('lon', 120.3, 'lat', 37.8)),
      array['A fault of the transponder.'], array['bench'], false, 1, '{"thresholdH": 6}', '{"gazetteer": "bench"}', at, n
    from (select n, timestamptz '2016-01-01Z' + n * (interval '3650 days' / ${alerts}) as at
      from generate_series(1, ${alerts}) as n) as made`;
}

/** A thousand ships, each in order of time, and the month of the one. */
async function addPositions(client: pg.Client, positions: number): Promise<void> {
  const vessel = `insert into vessel (vessel_id, mmsi, hull, anchor_at, anchor_lon_e7, anchor_lat_e7, first_at, last_at,
    last_lon_e7, last_lat_e7, positions, ais_class, feed_ids, synthetic)`;
  await client.query(
    `${vessel} values ('${MONTH_VESSEL}', 477000000, 0, '2024-05-01Z', 0, 0, '2024-05-01Z', '2024-05-31Z', 0, 0, 1, 1, '{0}', false)`,
  );
  const row = (mmsi: string, at: string) =>
    `insert into position (mmsi, at, lon_e7, lat_e7, sog_dkn, cog_ddeg, message_type, ais_class, receiver_kind, feed_id, hull)
     select ${mmsi}, ${at}, 1200000000 + n % 9000000, 370000000 + n % 7000000, n % 200, n % 3600, 1, 1, 1, 0, 0`;
  const each = Math.ceil(positions / 1000);
  await client.query(
    `${row('412000000 + ship', `timestamptz '2024-05-01Z' + n * (interval '30 days' / ${each})`)}
     from generate_series(0, 999) as ship, generate_series(1, ${each}) as n`,
  );
  await client.query(
    `${row('477000000', `timestamptz '2024-05-01Z' + n * interval '3 minutes'`)} from generate_series(0, ${MONTH_POSITIONS - 1}) as n`,
  );
}

async function withoutIndexes(
  client: pg.Client,
  tables: readonly string[],
  work: () => Promise<void>,
): Promise<void> {
  const { rows } = await client.query<{ indexname: string; indexdef: string }>(
    `select indexname, indexdef from pg_indexes where tablename = any($1) and schemaname = 'public'
       and indexname not in (select conname from pg_constraint)`,
    [tables],
  );
  for (const { indexname } of rows) await client.query(`drop index ${indexname}`);
  await work();
  for (const { indexdef } of rows) await client.query(indexdef);
}
