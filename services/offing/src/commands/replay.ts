import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { Engine, runSession, type SessionOutcome } from '@offing/engine';
import type { FormatId } from '@offing/feeds';
import { fingerprint, openRecordings, type Recordings } from '@offing/ingest';
import { OffingError, makeProgress } from '@offing/kit';
import { foundSince, writeRejects } from '@offing/store';
import type { ReplayFlags } from '../command-line.ts';
import { withDatabase } from '../database.ts';
import { loadReference } from '../reference.ts';

/** Arrival order does not matter within this time (design.md, "Ids"), ms. */
export const ALLOWED_LATENESS_MS = 600_000;

/** What a replay read and found; the line that `--json` ends with. */
export type ReplayReport = {
  readonly positions: number;
  readonly rejected: Readonly<Record<string, number>>;
  readonly duplicates: number;
  readonly late: number;
  readonly events: Readonly<Record<string, number>>;
  readonly alerts: number;
  readonly seconds: number;
  /** True when exactly these recordings were read to their end before: nothing was added. */
  readonly alreadyRead: boolean;
};

/** One set of recordings under one feed name. */
export type ReplaySource = {
  readonly paths: readonly string[];
  readonly feed: string;
  readonly synthetic: boolean;
  readonly terms?: string | null;
  readonly format?: FormatId;
  readonly columns?: Readonly<Record<string, string>>;
  readonly startAt?: number | null;
};

/** Runs `offing replay`; returns the exit code: 1 when a file could not be read to its end. */
export async function replay(files: readonly string[], flags: ReplayFlags): Promise<number> {
  const source = sourceOf(files, flags);
  return withDatabase(flags.data, async ({ url, dataDir }) => {
    const reference = loadReference();
    const engine = await Engine.open({
      databaseUrl: url,
      ...reference,
      onWaiting: () =>
        process.stderr.write('another engine is writing to this database; waiting for it to end\n'),
    });
    try {
      const { report, faults } = await replaySources(engine, [source], join(dataDir, 'tmp'), !flags.json);
      if (flags.json) process.stdout.write(`${JSON.stringify(report)}\n`);
      else process.stdout.write(plainReport(report));
      return faults > 0 ? 1 : 0;
    } finally {
      await engine.close();
    }
  });
}

/** Reads sources in one event-time order through the engine and returns what was read and found, and how many files failed. */
export async function replaySources(
  engine: Engine,
  sources: readonly ReplaySource[],
  tempDir: string,
  showProgress: boolean,
): Promise<{ readonly report: ReplayReport; readonly faults: number }> {
  const started = performance.now();
  const progress = makeProgress({ label: 'replay', unit: 'rows', quiet: !showProgress });
  let faults = 0;
  const recordings = await openRecordings({
    sources,
    latenessMs: ALLOWED_LATENESS_MS,
    tempDir,
    onProgress: (done) => progress.update(done),
    onFileFault: (fault) => {
      faults++;
      process.stderr.write(`${fault.path}: ${fault.message} [${fault.code}]\n`);
    },
  });
  try {
    const id = await sessionId(sources);
    const outcome = await runSession(engine, {
      id,
      kind: 'replay',
      feeds: sources.map(({ feed, synthetic, terms }) => ({ name: feed, synthetic, terms: terms ?? null })),
      statics: recordings.statics,
      batches: () => recordings.batches(),
      late: () => recordings.late,
      summary: () => recordings.files,
    });
    progress.stop();
    if (outcome.isNew) await keepRejects(engine, id, recordings);
    return { report: await reportOf(engine, outcome, recordings, started), faults };
  } finally {
    progress.stop();
    await recordings.close();
  }
}
