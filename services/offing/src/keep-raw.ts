import { existsSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import {
  findInSegment,
  findRaw,
  piecesAround,
  SAME_TRANSMISSION_MS,
  spanOfPiece,
  WantedIndex,
  type FileSummary,
  type ReadingSettings,
  type RecordingSource,
} from '@offing/ingest';
import {
  markTried,
  namedPositions,
  rawSegments,
  recordingsBetween,
  segmentsSince,
  wantedPositions,
  writeRawCopies,
  writeRecordings,
  type RawCopy,
  type RecordingRow,
  type WantedPosition,
} from '@offing/store';
import type pg from 'pg';

/** Raw records written with one statement. */
const COPIES_AT_ONCE = 500;

/** Notes which recordings a session read, and how, so that raw records can be read from them again. */
export async function noteRecordings(
  client: pg.ClientBase,
  sessionId: string,
  sources: readonly RecordingSource[],
  files: readonly FileSummary[],
): Promise<readonly RecordingRow[]> {
  const rows = files.flatMap(({ path, feed, firstAt, lastAt }) => {
    const source = sources.find((one) => one.feed === feed);
    if (source === undefined || firstAt === null || lastAt === null) return [];
    return [{ path: resolve(path), feed, settings: settingsOf(source), firstAt, lastAt }];
  });
  await writeRecordings(client, sessionId, rows);
  return rows;
}

function settingsOf({ format, columns, startAt }: RecordingSource): ReadingSettings {
  return {
    ...(format === undefined ? {} : { format }),
    ...(columns === undefined ? {} : { columns }),
    ...(startAt == null ? {} : { startAt }),
  };
}

/**
 * Looks for the raw records of the positions that events rest on, and keeps them: in recordings that have just been read all
 * that events name there, and in the recordings of earlier sessions, where they still lie, what was not looked for before.
 */
export async function keepRaw(client: pg.ClientBase, fresh: readonly RecordingRow[]): Promise<void> {
  const wanted = await wantedPositions(client);
  const kept = new CopyWriter(client);
  for (const recording of fresh) {
    const { firstAt, lastAt } = widened(recording);
    await searchRecording(recording, await namedPositions(client, firstAt, lastAt), kept);
  }
  for (const recording of await olderRecordings(client, wanted, fresh))
    await searchRecording(recording, within(wanted, recording), kept);
  await searchSegments(client, wanted, kept);
  await kept.flush();
  if (wanted.length > 0) await markTried(client, wanted);
}

async function olderRecordings(
  client: pg.ClientBase,
  wanted: readonly WantedPosition[],
  fresh: readonly RecordingRow[],
): Promise<readonly RecordingRow[]> {
  if (wanted.length === 0) return [];
  const known = new Set(fresh.map(({ path }) => path));
  const all = await recordingsBetween(
    client,
    wanted[0].at - SAME_TRANSMISSION_MS,
    wanted[wanted.length - 1].at + SAME_TRANSMISSION_MS,
  );
  return all.filter(({ path }) => !known.has(path));
}

async function searchRecording(
  recording: RecordingRow,
  wanted: readonly WantedPosition[],
  kept: CopyWriter,
): Promise<void> {
  if (wanted.length === 0) return;
  const { path, entry } = placeOf(recording.path);
  const settings = recording.settings as ReadingSettings;
  const from = { feed: recording.feed, recording: basename(recording.path) };
  for await (const found of findRaw({ path, entry, settings }, new WantedIndex(wanted))) {
    for (const { fix, at, ...raw } of found) await kept.add({ ...raw, ...from, position: fix, heardAt: at });
  }
}

/** Looks into what live feeds brought around the wanted positions, a piece of event time after the other. */
async function searchSegments(
  client: pg.ClientBase,
  wanted: readonly WantedPosition[],
  kept: CopyWriter,
): Promise<void> {
  const pieces = new Map<number, WantedPosition[]>();
  for (const fix of wanted) {
    for (const piece of piecesAround(fix.at)) {
      const known = pieces.get(piece);
      if (known === undefined) pieces.set(piece, [fix]);
      else known.push(fix);
    }
  }
  for (const [piece, fixes] of pieces) await searchPiece(client, piece, fixes, kept);
}

async function searchPiece(
  client: pg.ClientBase,
  piece: number,
  fixes: readonly WantedPosition[],
  kept: CopyWriter,
  behind?: string,
): Promise<void> {
  if (fixes.length === 0) return;
  const index = new WantedIndex(fixes);
  for await (const body of rawSegments(client, piece, behind)) {
    for (const { fix, at, ...raw } of await findInSegment(body, index))
      await kept.add({ ...raw, position: fix, heardAt: at, recording: null });
  }
}

/**
 * Looks into what live feeds brought behind a segment (by its id) for copies of all positions that events name, found already
 * or not: another station's copy may come hours later. Returns the id of the newest segment.
 */
export async function keepLateCopies(client: pg.ClientBase, behind: string): Promise<string> {
  const { pieces, last } = await segmentsSince(client, behind);
  const kept = new CopyWriter(client);
  for (const piece of pieces) {
    const { from, to } = spanOfPiece(piece);
    await searchPiece(client, piece, await namedPositions(client, from, to), kept, behind);
  }
  await kept.flush();
  return last;
}

/** A recording in an archive stands behind a `#`, which may also be part of a name. */
function placeOf(path: string): { readonly path: string; readonly entry: string | null } {
  const cuts = [...path.matchAll(/#/g)].map(({ index }) => index);
  const cut = existsSync(path) ? undefined : cuts.find((at) => existsSync(path.slice(0, at)));
  return cut === undefined ? { path, entry: null } : { path: path.slice(0, cut), entry: path.slice(cut + 1) };
}

function within(wanted: readonly WantedPosition[], recording: RecordingRow): readonly WantedPosition[] {
  const { firstAt, lastAt } = widened(recording);
  return wanted.filter(({ at }) => at >= firstAt && at <= lastAt);
}

function widened({ firstAt, lastAt }: RecordingRow): { readonly firstAt: number; readonly lastAt: number } {
  return { firstAt: firstAt - SAME_TRANSMISSION_MS, lastAt: lastAt + SAME_TRANSMISSION_MS };
}

/** Writes copies as they come, many at a time. */
export class CopyWriter {
  readonly #client: pg.ClientBase;
  #waiting: RawCopy[] = [];

  constructor(client: pg.ClientBase) {
    this.#client = client;
  }

  /** Takes a copy; writes when there are enough. */
  async add(copy: RawCopy): Promise<void> {
    this.#waiting.push(copy);
    if (this.#waiting.length >= COPIES_AT_ONCE) await this.flush();
  }

  /** Writes what waits. */
  async flush(): Promise<void> {
    const copies = this.#waiting;
    this.#waiting = [];
    await writeRawCopies(this.#client, copies);
  }
}
