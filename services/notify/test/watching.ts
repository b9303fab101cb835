import {
  createChannel,
  createWatchlist,
  newId,
  newToken,
  type ChannelKind,
  type Digest,
  type WatchFilter,
} from '@offing/store';
import { makeRows, testDatabase, type Rows } from '@offing/testkit';
import pg from 'pg';
import { startNotifier, type Notifier, type NotifierOptions } from '../src/index.ts';

/** Everything is of interest. */
export const ALL: WatchFilter = {
  ports: [],
  polygons: [],
  mmsi: [],
  imoNumbers: [],
  vesselIds: [],
  lists: [],
  rules: [],
  minSeverity: 'info',
  verdicts: [],
  synthetic: true,
};

/** A delivery as it stands in the table. */
export type Kept = {
  delivery_id: string;
  state: string;
  attempts: number;
  change: string;
  channel_id: string;
};

/** A database with watchlists, and a notifier that is started and ended at will. */
export type Watching = {
  readonly pool: pg.Pool;
  readonly rows: Rows;
  readonly url: string;
  /** Makes a watchlist with one channel and returns the channel's id. */
  channel(kind: ChannelKind, target: string, filter?: Partial<WatchFilter>, digest?: Digest): Promise<string>;
  /** Writes a version of an event as the engine would, and tells the outbox. */
  tell(eventId: string, change?: string, fields?: object): Promise<void>;
  start(options?: Partial<NotifierOptions>): Promise<Notifier>;
  deliveries(): Promise<readonly Kept[]>;
  close(): Promise<void>;
};

/** Opens a database of the test's own. */
export async function startWatching(): Promise<Watching> {
  const database = await testDatabase();
  const pool = new pg.Pool({ connectionString: database.url, max: 4 });
  const rows = makeRows(pool);
  const running: Notifier[] = [];
  const versions = new Map<string, number>();
  return {
    pool,
    rows,
    url: database.url,
    async channel(kind, target, filter = {}, digest = 'none') {
      const watchlistId = await createWatchlist(pool, {
        owner: 'o',
        name: 'List',
        filter: { ...ALL, ...filter },
      });
      const channelId = newId('c');
      await createChannel(
        pool,
        { channelId, watchlistId, unsubscribeToken: newToken() },
        { kind, target, digest },
      );
      return channelId;
    },
    async tell(eventId, change = 'opened', fields = {}) {
      const version = (versions.get(eventId) ?? 0) + 1;
      versions.set(eventId, version);
      const changeSeq = await rows.event(eventId, {
        state: change === 'retracted' ? 'retracted' : change === 'opened' ? 'open' : 'closed',
        ...fields,
      });
      await rows.insert('outbox', {
        change_seq: changeSeq,
        alert_id: eventId.replace('e', 'a'),
        event_id: eventId,
        version,
        change,
      });
    },
    async start(options = {}) {
      const log = { info: () => undefined, warn: () => undefined };
      const base = { databaseUrl: database.url, publicUrl: 'https://offing.example.org', log, pollMs: 50 };
      const notifier = await startNotifier({ ...base, ...options });
      running.push(notifier);
      return notifier;
    },
    async deliveries() {
      const { rows: kept } = await pool.query<Kept>(
        'select delivery_id, state, attempts, change, channel_id from delivery order by change_seq, channel_id',
      );
      return kept;
    },
    async close() {
      for (const notifier of running) await notifier.close().catch(() => undefined);
      await pool.end();
      await database.close();
    },
  };
}
