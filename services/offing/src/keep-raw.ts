import { existsSync } from 'node:fs';
import { basename, join, resolve, sep } from 'node:path';
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
import type { HeldInstant } from '@offing/engine';
import {
  markTried,
  namedPositions,
  piecesRecordedBefore,
  positionsWithoutRaw,
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

/** Notes which recordings a session read, how, and where copies are (by path), so that raw records can be read again. */
export async function noteRecordings(
  client: pg.ClientBase,
  sessionId: string,
  sources: readonly RecordingSource[],
  files: readonly FileSummary[],
  copies: ReadonlyMap<string, string>,
): Promise<readonly RecordingRow[]> {
  const rows = files.flatMap(({ path, feed, firstAt, lastAt }) => {
    const source = sources.find((one) => one.feed === feed);
    if (source === undefined || firstAt === null || lastAt === null) return [];
    const kept = copies.get(path) ?? copies.get(placeOf(path).path) ?? null;
    return [{ path: resolve(path), feed, settings: settingsOf(source), firstAt, lastAt, kept }];
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
 * that events name there, and in the recordings of earlier sessions, as far as they are kept or still lie where they lay, what was
 * not looked for before. Copies of recordings lie in the folder `copies`.
 */
export async function keepRaw(
  client: pg.ClientBase,
  fresh: readonly RecordingRow[],
  copies: string | null,
): Promise<void> {
  const wanted = await wantedPositions(client);
  const kept = new CopyWriter(client);
  for (const recording of fresh) {
    const { firstAt, lastAt } = widened(recording);
    await searchRecording(recording, copies, await namedPositions(client, firstAt, lastAt), kept);
  }
  for (const recording of await olderRecordings(client, wanted, fresh))
    await searchRecording(recording, copies, within(wanted, recording), kept);
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
  const keyOf = ({ path, kept }: RecordingRow): string => JSON.stringify([path, kept]);
  const known = new Set(fresh.map(keyOf));
  const all = await recordingsBetween(
    client,
    wanted[0].at - SAME_TRANSMISSION_MS,
    wanted[wanted.length - 1].at + SAME_TRANSMISSION_MS,
  );
  return all.filter((recording) => !known.has(keyOf(recording)));
}

async function searchRecording(
  recording: RecordingRow,
  copies: string | null,
  wanted: readonly WantedPosition[],
  kept: CopyWriter,
): Promise<void> {
  if (wanted.length === 0) return;
  const { path, entry } = lyingAt(recording, copies);
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

/**
 * Keeps the raw records of what live feeds brought before an instant (ms) as far as `heldIn` (event times in ms, both
 * inside) says that an event may still name it: the rest is about to be forgotten.
 */
export async function keepHeld(
  client: pg.ClientBase,
  before: number,
  heldIn: (from: number, to: number) => readonly HeldInstant[],
): Promise<void> {
  const pieces = await piecesRecordedBefore(client, before);
  if (pieces.length === 0) return;
  const { from } = spanOfPiece(pieces[0]);
  const { to } = spanOfPiece(pieces[pieces.length - 1]);
  const expiring = new Set(pieces);
  const held = heldIn(from, to).filter(({ at }) => piecesAround(at).some((piece) => expiring.has(piece)));
  const kept = new CopyWriter(client);
  await searchSegments(client, await positionsWithoutRaw(client, held), kept);
  await kept.flush();
}

/** Where a recording is read again: in its copy, which nobody changes, or else where it lay. */
function lyingAt(
  { path, kept }: RecordingRow,
  copies: string | null,
): { readonly path: string; readonly entry: string | null } {
  const copy = kept === null || copies === null ? null : join(copies, kept);
  if (copy === null || !existsSync(copy)) return placeOf(path);
  const name = basename(copy);
  const at = path.lastIndexOf(`${sep}${name}#`);
  return { path: copy, entry: at < 0 ? null : path.slice(at + name.length + 2) };
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
