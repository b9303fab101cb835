import { basename } from 'node:path';
import { loadRegister, type ListFault, type ListReading } from '@offing/designations';
import { Engine, lockEngine, refold } from '@offing/engine';
import { OffingError } from '@offing/kit';
import { affectedSince, markRefold, writeListRefusal } from '@offing/store';
import { isoOf } from '@offing/units';
import pg from 'pg';
import { withDatabase } from '../database.ts';
import { instantFlag } from '../flags.ts';
import { importReading, type ListImport } from '../import-list.ts';
import { readListFiles, type ListFileReading } from '../list-files.ts';
import { loadReferenceOf } from '../reference.ts';

/** Flags of `designations import` as the command line gives them. */
export type ImportFlags = {
  readonly list?: string;
  readonly published?: string;
  readonly acceptShrunk: boolean;
  readonly data: string;
};

/** How many faults of a file are printed. */
const FAULTS_SHOWN = 20;

/**
 * Runs `offing designations import`: reads list files, keeps what they hold, and tells what changed. Ships that were seen
 * while a list held them get their alerts, known since the list is. Returns 1 when a file changed nothing because it must
 * not be believed.
 */
export async function importDesignations(paths: readonly string[], flags: ImportFlags): Promise<number> {
  const now = Date.now();
  const knownSince = flags.published === undefined ? now : instantFlag('--published', flags.published);
  if (knownSince > now)
    throw new OffingError('usage-published', `--published: ${isoOf(knownSince)} is not yet`, {
      value: flags.published,
    });
  const readings = await readListFiles(paths);
  return withDatabase(flags.data, async ({ url }) => {
    const { code, isChanged } = await takeIn(url, readings, flags, knownSince);
    if (isChanged) await tellPast(url);
    return code;
  });
}

type Taken = { readonly code: number; readonly isChanged: boolean };

async function takeIn(
  url: string,
  readings: readonly ListFileReading[],
  flags: ImportFlags,
  knownSince: number,
): Promise<Taken> {
  const client = new pg.Client({ connectionString: url, application_name: 'offing import' });
  await client.connect();
  try {
    await lockEngine(client, sayWaiting);
    let taken: Taken = { code: 0, isChanged: false };
    for (const reading of inOrderOfDays(readings)) {
      const { code, isChanged } = await takeFile(client, reading, flags, knownSince);
      taken = { code: Math.max(code, taken.code), isChanged: isChanged || taken.isChanged };
    }
    return taken;
  } finally {
    await client.end();
  }
}

/** Files that say their own day go in by it: the report then tells what each one changed. */
function inOrderOfDays(readings: readonly ListFileReading[]): readonly ListFileReading[] {
  const dayOf = ({ reading }: ListFileReading): string => reading?.publishedOn ?? '9999';
  return [...readings].sort((a, b) => (dayOf(a) < dayOf(b) ? -1 : dayOf(a) > dayOf(b) ? 1 : 0));
}

async function takeFile(
  client: pg.Client,
  file: ListFileReading,
  flags: ImportFlags,
  knownSince: number,
): Promise<Taken> {
  const { files, contentKey, reading, fault } = file;
  const name = files.join(', ');
  if (reading === null) {
    const { code, message } = fault ?? { code: 'read-failed', message: 'it could not be read' };
    await writeListRefusal(client, { list: flags.list ?? null, files, contentKey, code, why: message });
    alarm(name, message, code);
    return { code: 1, isChanged: false };
  }
  process.stdout.write(
    `${name}: ${readWords(reading)}\n${reading.faults.slice(0, FAULTS_SHOWN).map(faultWords).join('')}`,
  );
  if (reading.faults.length > FAULTS_SHOWN)
    process.stdout.write(`  … and ${reading.faults.length - FAULTS_SHOWN} more\n`);
  const imports = await inTransaction(client, async () => {
    const done = await importReading(client, reading, {
      ...(flags.list === undefined ? {} : { list: flags.list }),
      knownSince,
      source: files.map((path) => basename(path)).join(' + '),
      compiled: loadRegister().designations,
      acceptShrunk: flags.acceptShrunk,
    });
    const rows = done.flatMap((one) => one.rows);
    if (rows.length > 0) await markRefold(client, await affectedSince(client, rows));
    return done;
  });
  return report(client, file, reading, imports);
}

async function report(
  client: pg.Client,
  { files, contentKey }: ListFileReading,
  reading: ListReading,
  imports: readonly ListImport[],
): Promise<Taken> {
  const name = files.join(', ');
  let code = 0;
  if (imports.length === 0 && reading.damage !== null) {
    await writeListRefusal(client, {
      list: null,
      files,
      contentKey,
      code: 'list-damaged',
      why: reading.damage,
    });
    alarm(name, reading.damage, 'list-damaged');
    code = 1;
  }
  for (const one of imports) {
    if (one.refusal === null) {
      process.stdout.write(`  ${importWords(one)}\n`);
      continue;
    }
    const { code: why, why: message } = one.refusal;
    await writeListRefusal(client, { list: one.list, files, contentKey, code: why, why: message });
    alarm(`${name}: ${one.list}`, message, why);
    code = 1;
  }
  return { code, isChanged: imports.some((one) => one.rows.length > 0) };
}

/** Runs the folds again over what the changed entries may touch. */
async function tellPast(url: string): Promise<void> {
  const engine = await Engine.open({
    databaseUrl: url,
    ...(await loadReferenceOf(url)),
    onWaiting: sayWaiting,
  });
  try {
    if (engine.state.refoldFrom === null) return;
    const before = engine.state.changeSeq;
    await refold(engine, -Infinity);
    const told = engine.state.changeSeq - before;
    process.stdout.write(
      `${told} changes of events for ships that were seen before, known since the lists are\n`,
    );
  } finally {
    await engine.close();
  }
}

async function inTransaction<T>(client: pg.Client, work: () => Promise<T>): Promise<T> {
  await client.query('begin');
  try {
    const result = await work();
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
}

function readWords({ records, ships, entries, faults, notes, format }: ListReading): string {
  const leftOut = new Set(faults.filter((fault) => fault.isLeftOut).map(({ line }) => line)).size;
  const refused = leftOut > 0 ? `, ${number(leftOut)} refused` : '';
  const notesText = notes.map((note) => `\n  ${note}`).join('');
  return `${number(records)} records read (${format}), ${number(ships)} of ships, ${number(entries.length)} usable${refused}${notesText}`;
}

function faultWords({ line, field, value, expected, isLeftOut }: ListFault): string {
  const result = isLeftOut ? 'refused' : 'kept without it';
  return `  line ${line}: ${field} "${value}", expected ${expected} (${result})\n`;
}

function importWords(one: ListImport): string {
  const { list, day, ships, added, removed, changed, unchanged, compiledOnly, isKnown } = one;
  if (isKnown) return `${list} of ${day}: this list is in already; nothing was added`;
  if (ships === 0 && added + removed + changed === 0) return `${list} of ${day}: no ships; nothing was added`;
  const only =
    compiledOnly > 0
      ? `; ${number(compiledOnly)} of the compiled history are not in it and stay until a list that held them no longer does`
      : '';
  return `${list} of ${day}: ${number(added)} added, ${number(changed)} changed, ${number(removed)} removed, ${number(unchanged)} as before${only}`;
}

function number(value: number): string {
  return value.toLocaleString('en');
}

function alarm(name: string, message: string, code: string): void {
  process.stderr.write(`offing: ALARM: ${name}: nothing was changed: ${message} [${code}]\n`);
}

function sayWaiting(): void {
  process.stderr.write('another engine is writing to this database; waiting for it to end\n');
}
