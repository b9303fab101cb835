import { runSession, type Engine, type SessionOutcome } from '@offing/engine';
import { openRecordings, type FileFault, type Recordings, type RecordingSource } from '@offing/ingest';
import { makeProgress } from '@offing/kit';
import { databaseFault, foundSince, writeRejects } from '@offing/store';
import { HOUR_MS } from '@offing/units';
import pg from 'pg';
import { keepRaw, noteRecordings } from './keep-raw.ts';
import { keepRecordings } from './keep-recordings.ts';

/** Arrival order does not matter within this time (design.md, "Ids"), ms. */
export const ALLOWED_LATENESS_MS = 600_000;
/** A position later than the clock of this machine by more than this is refused; clocks of receivers differ (ours). */
const CLOCK_ALLOWANCE_MS = HOUR_MS;

/** What a replay read and found; the line that `--json` ends with. */
export type ReplayReport = {
  /** Positions taken in that were not there before. */
  readonly positions: number;
  readonly rejected: Readonly<Record<string, number>>;
  /** Positions that say what another says, in these recordings or in what is stored. */
  readonly duplicates: number;
  /** Positions behind what the database had taken in before; the record was corrected for them. */
  readonly late: number;
  /** Events first told by this replay and not retracted, by type. */
  readonly events: Readonly<Record<string, number>>;
  readonly alerts: number;
  readonly seconds: number;
  /** True when exactly these recordings were read to their end before: nothing was added. */
  readonly alreadyRead: boolean;
};

/** What a replay gave: the report, the faults of files, and where the engine's changes stood before. */
export type Replayed = {
  readonly report: ReplayReport;
  readonly faults: readonly FileFault[];
  readonly beganAtSeq: number;
};

/** How a replay is run. */
export type ReplayOptions = {
  /** Folder for what does not fit into memory. */
  readonly tempDir: string;
  /** Folder in which copies of the recordings are kept; without it none are. */
  readonly copiesDir?: string;
  readonly showProgress: boolean;
  /** Under which the session is kept instead of the hash of its content. */
  readonly sessionId?: string;
  readonly onFault?: (fault: FileFault) => void;
};

/** Reads sources in one event-time order through the engine; what was committed stays when it is cut short. */
export async function replaySources(
  engine: Engine,
  sources: readonly RecordingSource[],
  options: ReplayOptions,
): Promise<Replayed> {
  const started = performance.now();
  const faults: FileFault[] = [];
  const progress = makeProgress({ label: 'replay', unit: 'rows', quiet: !options.showProgress });
  const recordings = await openRecordings({
    sources,
    latenessMs: ALLOWED_LATENESS_MS,
    latestAt: Date.now() + CLOCK_ALLOWANCE_MS,
    tempDir: options.tempDir,
    onProgress: (state) => {
      progress.update(state);
    },
    onFileFault: (fault) => {
      faults.push(fault);
      options.onFault?.(fault);
    },
  });
  try {
    const sessionId = options.sessionId ?? recordings.id;
    let isKept = false;
    const whileEnding = (): Promise<void> => {
      isKept = true;
      return keepRawOf(engine, sessionId, sources, recordings, options.copiesDir ?? null);
    };
    const outcome = await runSession(engine, { ...sessionOf(sessionId, sources, recordings), whileEnding });
    if (!isKept) await whileEnding();
    const report = await reportOf(engine, outcome, recordings, started);
    return { report, faults, beganAtSeq: outcome.beganAtSeq };
  } finally {
    progress.stop();
    await recordings.close();
  }
}

/**
 * Keeps the raw records on a connection of its own, so that reading again goes on while the session's end is written. Throws the
 * codes of `databaseFault`; what was committed stays, and the same command looks again.
 */
async function keepRawOf(
  engine: Engine,
  sessionId: string,
  sources: readonly RecordingSource[],
  recordings: Recordings,
  copiesDir: string | null,
): Promise<void> {
  const copies = copiesDir === null ? NO_COPIES : await keepRecordings(recordings.digests, copiesDir);
  const client = new pg.Client({ connectionString: engine.databaseUrl });
  // A connection that is lost between two queries fails the next one.
  client.on('error', () => undefined);
  try {
    await client.connect();
    const fresh = await noteRecordings(client, sessionId, sources, recordings.files, copies);
    await keepRaw(client, fresh, copiesDir);
  } catch (error) {
    throw databaseFault(error);
  } finally {
    await client.end().catch(() => undefined);
  }
}

const NO_COPIES: ReadonlyMap<string, string> = new Map();

function sessionOf(id: string, sources: readonly RecordingSource[], recordings: Recordings) {
  return {
    id,
    kind: 'replay' as const,
    feeds: sources.map(({ feed, synthetic, terms }) => ({
      ...{ name: feed, synthetic, terms: terms ?? null },
      endsAt: endOf(recordings.files.filter((file) => file.feed === feed)),
    })),
    statics: recordings.statics,
    batches: () => recordings.batches(),
    summary: () => recordings.files,
    writeEnd: (client: Engine['client']) =>
      writeRejects(client, id, recordings.rejects.counts, recordings.rejects.samples),
  };
}

/** The latest event time in files, ms; null when they hold none. */
function endOf(files: Recordings['files']): number | null {
  const ends = files.flatMap(({ lastAt }) => lastAt ?? []);
  return ends.length === 0 ? null : Math.max(...ends);
}

async function reportOf(
  engine: Engine,
  outcome: SessionOutcome,
  recordings: Recordings,
  started: number,
): Promise<ReplayReport> {
  const located = recordings.files.reduce((sum, file) => sum + file.records, 0);
  const found = outcome.isNew ? await foundSince(engine.client, outcome.beganAtSeq) : NOTHING;
  return {
    positions: outcome.positions,
    rejected: sumOf(recordings.rejects.counts),
    duplicates: outcome.isNew ? outcome.duplicates : located,
    late: outcome.late,
    events: found.events,
    alerts: found.alerts,
    seconds: Math.round(performance.now() - started) / 1000,
    alreadyRead: !outcome.isNew,
  };
}

const NOTHING = { events: {}, alerts: 0 };

function sumOf(counts: Recordings['rejects']['counts']): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const { code, n } of [...counts].sort((a, b) => (a.code < b.code ? -1 : 1)))
    sums[code] = (sums[code] ?? 0) + n;
  return sums;
}
